/* coding.h -- arguments from a terminal that does not speak UTF-8. */
#ifndef KZI_CODING_H
#define KZI_CODING_H

/* The text in UTF-8, to be freed with free(). NULL if it is UTF-8 as it stands,
 * or if the locale does not name the encoding in which it would be text. */
char *kzi_coding_decode(const char *text);

#endif
