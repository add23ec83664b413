# Kalauz: one Makefile, no recursion. `make help` lists the targets.
VERSION  := 0.1.0
SONAME   := libkalauz.so.0
MODE     ?= release
PREFIX   ?= /usr/local
LIBDIR   ?= $(PREFIX)/lib
B        := build/$(MODE)
-include config.mk

# ---- Flags ------------------------------------------------------------------
# CFLAGS, CXXFLAGS, CPPFLAGS and LDFLAGS belong to the user; ours are ALL_*.

OPT.release  := -O2 -g
OPT.debug    := -O0 -g3 -DKZI_DEBUG
OPT.asan     := -O1 -g -DKZI_DEBUG -fsanitize=address,undefined \
		-fno-sanitize-recover=all -fno-omit-frame-pointer
OPT.tsan     := -O1 -g -DKZI_DEBUG -fsanitize=thread
OPT.coverage := -O0 -g -DKZI_DEBUG --coverage
ifndef OPT.$(MODE)
$(error MODE=$(MODE) is not one of: release debug asan tsan coverage)
endif

WARN   := -Wall -Wextra -Wshadow -Wpointer-arith -Wwrite-strings -Wvla
WARN_C := -Wstrict-prototypes -Wmissing-prototypes
BASE   := $(OPT.$(MODE)) $(WARN) -fPIC -fvisibility=hidden -D_GNU_SOURCE \
	  -DKZI_VERSION='"$(VERSION)"' -Iinclude -Ilib -I$(B)/gen -MMD -MP
ALL_CFLAGS   = -std=c11 $(BASE) $(WARN_C) $(CPPFLAGS) $(EXTRA_CFLAGS) $(CFLAGS)
ALL_CXXFLAGS = -std=c++17 $(BASE) $(CPPFLAGS) $(CXXFLAGS)

# Each package is used by the files named beside it (see README).
LIB_LIBS     := -lxapian -lstemmer -lutf8proc -Wl,-Bstatic -lzstd \
		-Wl,-Bdynamic -lz -lm
INDEXER_LIBS := $(shell xml2-config --libs 2>/dev/null) -ljansson
HTML_CFLAGS  := $(shell xml2-config --cflags 2>/dev/null)
TEST_LIBS    := -lcmocka
$(B)/indexer/%.o $(B)/query/%.o: EXTRA_CFLAGS = $(HTML_CFLAGS) -I.
$(B)/tests/%.o: EXTRA_CFLAGS = $(HTML_CFLAGS) -I.

# ---- Files: a folder is a module; adding a file needs no edit here ----------

src = $(sort $(wildcard $(addsuffix /*.c,$(1)) $(addsuffix /*.cc,$(1))))
obj = $(patsubst %,$(B)/%.o,$(filter-out $(TOOLS),$(call src,$(1))))

# Programs of the build itself: lib/text/lang/compile_NAME.c turns the data
# beside it into gen/NAME_tables.h.
TOOLS   := $(wildcard lib/text/lang/compile_*.c)
LIB     := $(call obj,lib/base lib/text lib/text/lang lib/store lib/search)
# The shared library only reads: what writes is the indexer's alone.
READER  := $(filter-out %/flat_write.c.o %/writer.cc.o,$(LIB))
CLI     := $(call obj,lib/cli)
INDEXER := $(call obj,indexer)
QUERY   := $(call obj,query)
BENCH   := $(call obj,bench)
UNIT    := $(patsubst tests/unit/%.c,$(B)/tests/unit/%,\
		$(wildcard tests/unit/test_*.c))

.PHONY: all lib check deps demo install clean help FORCE
.DELETE_ON_ERROR:
all: $(B)/libkalauz.a $(B)/libkalauz.so $(B)/kalauz-index $(B)/kalauz-query ## Build the library and the programs (default)

$(B)/libkalauz.a: $(LIB)
	rm -f $@ && $(AR) rcs $@ $^
$(B)/libkalauz.so: $(READER)
	$(CXX) $(ALL_CXXFLAGS) -shared -Wl,-soname,$(SONAME) -Wl,--no-undefined \
		-Wl,--exclude-libs,ALL $(LDFLAGS) -o $@ $^ $(LIB_LIBS)

$(B)/kalauz-index: $(INDEXER) $(CLI) $(B)/libkalauz.a
$(B)/kalauz-query: $(QUERY) $(CLI) $(B)/libkalauz.a
$(B)/kalauz-bench: $(BENCH) $(CLI) $(B)/libkalauz.a
$(B)/kalauz-index: EXTRA_LIBS := $(INDEXER_LIBS)
$(B)/kalauz-index $(B)/kalauz-query $(B)/kalauz-bench:
	$(CXX) $(ALL_CXXFLAGS) $(LDFLAGS) -Wl,--as-needed -o $@ $^ $(EXTRA_LIBS) $(LIB_LIBS)

# ---- Tables made by the build ----------------------------------------------

$(B)/tools/compile_cy: lib/text/lang/cy_rules.h
$(B)/tools/compile_lid: lib/text/lid_alphabet.h
$(B)/tools/compile_%: lib/text/lang/compile_%.c
	@mkdir -p $(@D)
	$(CC) -std=c11 -O1 $(WARN) $(WARN_C) -Ilib -o $@ $<
$(B)/gen/cy_tables.h: $(B)/tools/compile_cy lib/text/lang/cy.lexicon
	@mkdir -p $(@D)
	$< lib/text/lang/cy.lexicon > $@
$(B)/gen/lid_tables.h: $(B)/tools/compile_lid lib/text/lang/lid.model
	@mkdir -p $(@D)
	$< lib/text/lang/lid.model > $@
$(B)/lib/text/stem_cy.c.o: $(B)/gen/cy_tables.h
$(B)/lib/text/lid.c.o: $(B)/gen/lid_tables.h

# ---- Objects ----------------------------------------------------------------

$(B)/%.c.o: %.c $(B)/flags
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -c -o $@ $<
$(B)/%.cc.o: %.cc $(B)/flags
	@mkdir -p $(@D)
	$(CXX) $(ALL_CXXFLAGS) -c -o $@ $<

# Rebuild when the flags change, not only when a file does.
FLAGS := $(strip $(CC) $(ALL_CFLAGS) $(CXX) $(ALL_CXXFLAGS) $(LDFLAGS))
ifneq ($(strip $(file <$(B)/flags)),$(FLAGS))
$(B)/flags: FORCE
endif
$(B)/flags:
	@mkdir -p $(@D) && printf '%s\n' '$(subst ','\'',$(FLAGS))' >$@

clean: ## Remove everything that was built
	rm -rf build
help: ## Show this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  \1\t\2/p' $(MAKEFILE_LIST) | expand -t 18

.SECONDARY:
-include $(patsubst %.o,%.d,$(LIB) $(CLI) $(INDEXER) $(QUERY) $(BENCH)) \
	$(UNIT:=.c.d)
