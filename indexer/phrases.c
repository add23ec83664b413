/* phrases.c -- see phrases.h. Compared without case and accents, so that one
 * spelling of each is enough. */
#include "indexer/phrases.h"

#include <string.h>

#include "text/text.h"

enum { PHRASE_MOST = 64 }; /* A longer line is none of these. */

static const char *const furniture[] = { "bookmark and share", "share",
	"share this page", "print this page", "print", "send to a friend",
	"back to top", "skip to content", "skip to main content",
	"megosztas", "nyomtatas", "vissza az elejere", "distribuie",
	"tipareste pagina", "inapoi sus", "comparteix", "imprimeix",
	"torna a dalt", "rhannu", "argraffu", "yn ol i'r brig", "condividi",
	"stampa questa pagina", "invia a un amico", "torna su", "partilhar",
	"partilhe", "imprimir", "voltar ao topo", NULL };

static const char *const captions[] = { "supporting materials",
	"supporting material", "further reading", "downloads",
	"segedanyagok", "letoltheto anyagok", "kapcsolodo anyagok",
	"materiale suport", "materiale de sprijin", "materials de suport",
	"materials de consulta", "deunyddiau cefnogi", "deunyddiau ategol",
	"materiali di supporto", "materiali di approfondimento",
	"materiais de apoio", "materiais de suporte", NULL };

static int is_listed(
	const char *const *phrases, const char *line, size_t length)
{
	char folded[PHRASE_MOST + 1];
	size_t i;

	if (length > 0 && line[length - 1] == ':')
		length--;
	if (length == 0 || length > PHRASE_MOST)
		return 0;
	length = kzi_fold_text(folded, PHRASE_MOST, line, length);
	folded[length] = '\0';
	for (i = 0; phrases[i]; i++)
		if (!strcmp(phrases[i], folded))
			return 1;
	return 0;
}

int kzi_is_furniture_text(const char *line, size_t length)
{
	return is_listed(furniture, line, length);
}

int kzi_is_material_caption(const char *line, size_t length)
{
	return is_listed(captions, line, length);
}
