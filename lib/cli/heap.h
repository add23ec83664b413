/* heap.h -- memory for a program that lives for a few milliseconds. */
#ifndef KZI_CLI_HEAP_H
#define KZI_CLI_HEAP_H

/* Have the memory that an everyday query takes mapped in one go. Its pages come
 * one by one otherwise, each when it is first touched, and on a virtual machine
 * that alone takes longer than the search. Call it first of all. */
void kzi_heap_start(void);

#endif
