/* sketch.c -- a word in 32 bits, for ruling out unlike ones:
 *
 *     "kozosseg"  =>  e g k o s z, 8 letters */
#include "text/text.h"

enum { COUNT_AT = 26 };

uint32_t kzi_word_sketch(const char *folded, size_t length)
{
	uint32_t letters = 0, sketch = 0;
	size_t i;

	for (i = 0; i < length; i++) {
		unsigned letter = (unsigned char)folded[i] - 'a';

		if (letter < COUNT_AT)
			sketch |= (uint32_t)1 << letter;
		letters += ((unsigned char)folded[i] & 0xC0) != 0x80;
	}
	if (letters > KZI_SKETCH_LETTERS)
		letters = KZI_SKETCH_LETTERS;
	return sketch | letters << COUNT_AT;
}
