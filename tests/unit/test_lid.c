/* test_lid.c -- the language identifier: sentences, queries, names, noise. */
#include "unit.h"

#include "text/lid.h"

enum { CA, CY, EN, HU, IT, PT, RO };

static int best_of(const struct kzi_lid *lid)
{
	int i, best = 0;

	for (i = 1; i < KZI_LID_LANGUAGES; i++)
		if (lid->probability[i] > lid->probability[best])
			best = i;
	return best;
}

static struct kzi_lid identify_bytes(const char *text, size_t length)
{
	static struct kzi_lid_words met;
	struct kzi_lid lid, again;
	int i;

	kzi_lid_identify(&lid, text, length, NULL);
	/* Words that are met and words that were give the same. */
	for (i = 0; i < 2; i++) {
		memset(&again, 0, sizeof(again));
		kzi_lid_identify(&again, text, length, &met);
		assert_memory_equal(&again, &lid, sizeof(lid));
	}
	return lid;
}

static struct kzi_lid identify(const char *text)
{
	return identify_bytes(text, strlen(text));
}

static void check_sum(const struct kzi_lid *lid)
{
	float sum = 0;
	int i;

	for (i = 0; i < KZI_LID_LANGUAGES; i++) {
		assert_true(lid->probability[i] >= 0);
		sum += lid->probability[i];
	}
	assert_true(sum > 0.999F && sum < 1.001F);
	assert_true(lid->known <= lid->total);
}

struct example {
	int language;
	const char *text;
};

static const struct example sentences[] = {
	{CA, "Els pescadors surten cada matí abans que es faci de dia."},
	{CA, "No sabem si demà plourà, però agafarem el paraigua."},
	{CA, "Aquesta església es va aixecar sobre un temple romà."},
	{CA, "La meva germana treballa en una llibreria del barri."},
	{CA, "Han obert una nova línia de metro fins a l'aeroport."},
	{CA, "L'alcaldessa ha explicat que les obres duraran dos anys."},
	{CA, "Quan érem petits jugàvem a pilota al mig del carrer."},
	{CA, "El col·legi va guanyar el premi amb un treball sobre abelles."},
	{CA, "Si vols venir amb nosaltres, digues-m'ho aviat."},
	{CA, "Fa molts anys que ningú no viu en aquella masia."},
	{CY, "Mae'r pysgotwyr yn mynd allan bob bore cyn iddi wawrio."},
	{CY, "Wyddon ni ddim a fydd hi'n bwrw glaw yfory."},
	{CY, "Codwyd yr eglwys hon ar safle hen deml Rufeinig."},
	{CY, "Mae fy chwaer yn gweithio mewn siop lyfrau yn y dre."},
	{CY, "Agorwyd llinell reilffordd newydd i'r maes awyr."},
	{CY, "Eglurodd y maer y byddai'r gwaith yn para dwy flynedd."},
	{CY, "Pan oedden ni'n fach bydden ni'n chwarae yn y stryd."},
	{CY, "Enillodd yr ysgol y wobr am waith ar wenyn."},
	{CY, "Os wyt ti eisiau dod gyda ni, rho wybod yn fuan."},
	{CY, "Does neb wedi byw ar y fferm honno ers blynyddoedd."},
	{EN, "The fishermen go out every morning before it gets light."},
	{EN, "We don't know whether it will rain tomorrow."},
	{EN, "This church was raised on the site of a Roman temple."},
	{EN, "My sister works in a bookshop around the corner."},
	{EN, "They have opened a new railway line to the airport."},
	{EN, "The mayor explained that the work would take two years."},
	{EN, "When we were little we used to play in the street."},
	{EN, "The school won the prize with a project about bees."},
	{EN, "If you want to come with us, let me know soon."},
	{EN, "Nobody has lived on that farm for many years."},
	{HU, "A halászok minden reggel napkelte előtt indulnak el."},
	{HU, "Nem tudjuk, hogy holnap esni fog-e az eső."},
	{HU, "Ezt a templomot egy római szentély helyén emelték."},
	{HU, "A húgom egy könyvesboltban dolgozik a sarkon."},
	{HU, "Új vasútvonalat nyitottak a repülőtérre."},
	{HU, "A polgármester szerint két évig tart a munka."},
	{HU, "Kiskorunkban az utcán szoktunk labdázni."},
	{HU, "Az iskola egy méhekről szóló munkával nyert díjat."},
	{HU, "Ha velünk akarsz jönni, szólj minél előbb."},
	{HU, "Azon a tanyán már évek óta nem lakik senki."},
	{IT, "I pescatori escono ogni mattina prima che faccia giorno."},
	{IT, "Non sappiamo se domani pioverà, ma prendiamo l'ombrello."},
	{IT, "Questa chiesa sorge sul luogo di un tempio romano."},
	{IT, "Mia sorella lavora in una libreria qui all'angolo."},
	{IT, "Hanno aperto una nuova ferrovia per l'aeroporto."},
	{IT, "La sindaca ha spiegato che i lavori dureranno due anni."},
	{IT, "Da piccoli giocavamo a pallone in mezzo alla strada."},
	{IT, "La scuola ha vinto il premio con un lavoro sulle api."},
	{IT, "Se vuoi venire con noi, fammelo sapere presto."},
	{IT, "In quella cascina non abita nessuno da molti anni."},
	{PT, "Os pescadores saem todas as manhãs antes do nascer do sol."},
	{PT, "Não sabemos se amanhã vai chover, mas levamos o casaco."},
	{PT, "Esta igreja foi erguida no lugar de um templo romano."},
	{PT, "A minha irmã trabalha numa livraria aqui na esquina."},
	{PT, "Abriram uma nova linha de trem para o aeroporto."},
	{PT, "O prefeito explicou que as obras vão durar dois anos."},
	{PT, "Quando éramos pequenos, jogávamos bola no meio da rua."},
	{PT, "A escola ganhou o prêmio com um trabalho sobre abelhas."},
	{PT, "Se você quiser vir com a gente, avise logo."},
	{PT, "Há muitos anos que ninguém mora naquela quinta."},
	{RO, "Pescarii ies în fiecare dimineață înainte de răsărit."},
	{RO, "Nu știm dacă mâine va ploua, dar luăm umbrela."},
	{RO, "Biserica aceasta a fost ridicată pe locul unui templu roman."},
	{RO, "Sora mea lucrează într-o librărie de la colț."},
	{RO, "S-a deschis o nouă linie de tren spre aeroport."},
	{RO, "Primărița a explicat că lucrările vor dura doi ani."},
	{RO, "Când eram mici, ne jucam cu mingea în mijlocul străzii."},
	{RO, "Școala a câștigat premiul cu o lucrare despre albine."},
	{RO, "Dacă vrei să vii cu noi, dă-mi de știre din timp."},
	{RO, "De mulți ani nu mai locuiește nimeni la ferma aceea."},
};

static const struct example queries[] = {
	{CA, "on és el museu"},
	{CA, "quin temps farà demà"},
	{CA, "receptes amb bolets"},
	{CA, "com es cuina l'arròs"},
	{CA, "història del barri"},
	{CY, "ble mae'r amgueddfa"},
	{CY, "sut dywydd fydd yfory"},
	{CY, "ryseitiau madarch"},
	{CY, "sut mae coginio reis"},
	{CY, "hanes y pentref"},
	{EN, "where is the museum"},
	{EN, "weather for tomorrow"},
	{EN, "mushroom recipes"},
	{EN, "how to cook rice"},
	{EN, "history of the village"},
	{HU, "hol van a múzeum"},
	{HU, "milyen idő lesz holnap"},
	{HU, "gombás receptek"},
	{HU, "hogyan kell rizst főzni"},
	{HU, "a falu története"},
	{IT, "dov'è il museo"},
	{IT, "che tempo farà domani"},
	{IT, "ricette con i funghi"},
	{IT, "come si cuoce il riso"},
	{IT, "storia del quartiere"},
	{PT, "onde fica o museu"},
	{PT, "previsão do tempo para amanhã"},
	{PT, "receitas com cogumelos"},
	{PT, "como cozinhar arroz"},
	{PT, "história do bairro"},
	{RO, "unde este muzeul"},
	{RO, "cum va fi vremea mâine"},
	{RO, "rețete cu ciuperci"},
	{RO, "cum se fierbe orezul"},
	{RO, "istoria satului"},
	/* Without accents, as many type. */
	{HU, "hogyan kell rizst fozni"},
	{RO, "cum va fi vremea maine"},
	/* Spellings: comma and cedilla, combining marks, capitals. */
	{RO, "re\xC5\xA3"
	     "ete \xC5\x9Fi ciuperci"},
	{HU, "o\xCC\x8B"
	     "rzi a tu\xCC\x88zet"},
	{HU, "a k\xC3\xB6\xC2\xADnyv\xCC\x81"},
	{CY, "Y D\xC5\xB4R YN YR AFON"},
	/* Addresses do not count. */
	{CY, "https://www.example.org/the-history-of-the-house y tŷ hwn"},
};

static void check_examples(const struct example *examples, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++) {
		struct kzi_lid lid = identify(examples[i].text);

		check_sum(&lid);
		if (best_of(&lid) != examples[i].language)
			fail_msg("language %d: %s", best_of(&lid),
				examples[i].text);
	}
}

static void test_sentences(void **state)
{
	size_t i, count = sizeof(sentences) / sizeof(*sentences);

	(void)state;
	check_examples(sentences, count);
	for (i = 0; i < count; i++) {
		struct kzi_lid lid = identify(sentences[i].text);

		assert_true(lid.probability[sentences[i].language] > 0.8F);
	}
}

/* Two sentences from the beginning of a language's and two from the end. */
static size_t join(char text[400], int from, int to)
{
	int size = snprintf(text, 400, "%s %s %s %s", sentences[from].text,
		sentences[from + 1].text, sentences[to].text,
		sentences[to + 1].text);

	return (size_t)size;
}

/* A text is plainly in its language and in no other; one that begins in one and
 * ends in another is plainly in none. */
static void test_plainly(void **state)
{
	enum { EACH = sizeof(sentences) / sizeof(*sentences) /
			KZI_LID_LANGUAGES };
	char text[400];
	int language, other;

	(void)state;
	for (language = 0; language < KZI_LID_LANGUAGES; language++)
		for (other = 0; other < KZI_LID_LANGUAGES; other++) {
			size_t length = join(text, language * EACH,
				other * EACH + EACH - 2);

			assert_int_equal(kzi_lid_is_plainly(
						 text, length, language, NULL),
				language == other);
			assert_int_equal(kzi_lid_is_plainly(
						 text, length, other, NULL),
				language == other);
		}
	assert_int_equal(kzi_lid_is_plainly("The house", 9, EN, NULL), 0);
}

/* All sentences of a language together. */
static void test_fit_of_ours(void **state)
{
	size_t i, count = sizeof(sentences) / sizeof(*sentences);
	int l;

	(void)state;
	for (l = 0; l < KZI_LID_LANGUAGES; l++) {
		char text[2000] = "";
		struct kzi_lid lid;

		for (i = 0; i < count; i++) {
			if (sentences[i].language != l)
				continue;
			strcat(text, sentences[i].text);
			strcat(text, "\n");
		}
		lid = identify(text);
		assert_true(lid.probability[l] > 0.98F);
		assert_true(lid.fit > KZI_LID_FOREIGN_FIT / 2);
	}
}

static void test_queries(void **state)
{
	(void)state;
	check_examples(queries, sizeof(queries) / sizeof(*queries));
}

/* Nothing to go by: all alike. */
static void test_no_letters(void **state)
{
	static const char *const texts[] = {
		"",
		" ",
		"2024",
		"12:30, 31/12",
		"?!...",
		"\xF0\x9F\x98\x80",
		"https://example.org/",
		"\xFF\xFE",
		"--''",
		"\xC2\xB7",
	};
	size_t i;
	int l;

	(void)state;
	for (i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		struct kzi_lid lid = identify(texts[i]);

		check_sum(&lid);
		for (l = 0; l < KZI_LID_LANGUAGES; l++)
			assert_true(lid.probability[l] > 0.14F &&
				    lid.probability[l] < 0.145F);
	}
}

static void test_names_stay_flat(void **state)
{
	static const char *const names[] = {
		"Budapest",
		"Cardiff",
		"Barcelona",
		"Roma",
		"Porto",
		"Cluj",
		"Einstein",
		"Google",
		"Beckham",
		"internet",
		"taxi",
		"Maria",
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(names) / sizeof(*names); i++) {
		struct kzi_lid lid = identify(names[i]);

		check_sum(&lid);
		if (lid.probability[best_of(&lid)] > 0.7F)
			fail_msg("too sure of %s", names[i]);
	}
}

static void test_telling_letters(void **state)
{
	struct kzi_lid lid = identify("erdő");

	(void)state;
	assert_true(lid.probability[HU] > 0.9F);
	lid = identify("dŵr");
	assert_true(lid.probability[CY] > 0.9F);
	lid = identify("viață");
	assert_true(lid.probability[RO] > 0.9F);
}

static void test_none_of_ours(void **state)
{
	static const char *const texts[] = {
		"Die Fischer fahren jeden Morgen hinaus, bevor es hell wird, "
		"und kehren erst am späten Nachmittag in den Hafen zurück.",
		"Rybacy wypływają każdego ranka przed świtem i wracają do "
		"portu dopiero późnym popołudniem.",
		"Kalastajat lähtevät merelle joka aamu ennen auringonnousua "
		"ja palaavat satamaan vasta myöhään iltapäivällä.",
		"Рыбаки выходят в море каждое утро до рассвета и "
		"возвращаются в порт только вечером.",
		"漁師たちは毎朝夜明け前に海へ出て、夕方遅くに港へ戻ってくる。",
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		struct kzi_lid lid = identify(texts[i]);

		check_sum(&lid);
		assert_true(lid.fit < KZI_LID_FOREIGN_FIT);
	}
}

/* Any bytes will do, and the text need not end in NUL. */
static void test_robustness(void **state)
{
	static char letters[1 << 20];
	static const char nul[] = "hol van\0a k\xC3\xB6nyvt\xC3\xA1r";
	static const char cut[] = "k\xC3\xB6nyv\xC3";
	struct kzi_lid lid;
	unsigned i, seed = 1;

	(void)state;
	lid = identify_bytes(nul, sizeof(nul) - 1);
	check_sum(&lid);
	assert_int_equal(best_of(&lid), HU);
	lid = identify_bytes(cut, sizeof(cut) - 1);
	check_sum(&lid);
	lid = identify_bytes("\xCC\x81\xED\xA0\x80\xC0\x80\xF5", 8);
	check_sum(&lid);
	memset(letters, 'a', sizeof(letters));
	lid = identify_bytes(letters, sizeof(letters));
	check_sum(&lid);
	for (i = 0; i < sizeof(letters); i++) {
		seed = seed * 1103515245 + 12345;
		letters[i] = (char)(seed >> 16);
	}
	for (i = 0; i < 5000; i++) {
		lid = identify_bytes(letters + i, i);
		check_sum(&lid);
	}
	lid = identify_bytes(letters, sizeof(letters));
	check_sum(&lid);
}

/* Pieces from all of a long text are read. */
static void test_long_text(void **state)
{
	static char text[100000];
	const char *line = "Gwelodd y ferch gath ddu ar ben y wal.  ";
	size_t length = strlen(line), i;
	struct kzi_lid lid;

	(void)state;
	for (i = 0; i + length < sizeof(text); i += length)
		memcpy(text + i, line, length);
	memset(text, '\n', 4096);
	lid = identify_bytes(text, i);
	assert_int_equal(best_of(&lid), CY);
	assert_true(lid.total < 5 * 2 * 4096);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sentences),
		cmocka_unit_test(test_plainly),
		cmocka_unit_test(test_fit_of_ours),
		cmocka_unit_test(test_queries),
		cmocka_unit_test(test_no_letters),
		cmocka_unit_test(test_names_stay_flat),
		cmocka_unit_test(test_telling_letters),
		cmocka_unit_test(test_none_of_ours),
		cmocka_unit_test(test_robustness),
		cmocka_unit_test(test_long_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
