# Kalauz: one Makefile for all folders. `make help` lists the targets.
VERSION  := $(shell sed -n 's/^.define KZ_VERSION_[A-Z]* //p' \
	include/kalauz.h | paste -sd.)
SONAME   := libkalauz.so.0
MODE     ?= release
PREFIX   ?= /usr/local
LIBDIR   ?= $(PREFIX)/lib
B        := build/$(if $(STATIC),static,$(MODE))
-include config.mk

# ---- Flags ------------------------------------------------------------------
# CFLAGS, CXXFLAGS, CPPFLAGS and LDFLAGS belong to the user; ours are ALL_*.

OPT.release  := -O2 -g
OPT.debug    := -O0 -g3 -DKZI_DEBUG
OPT.asan     := -O1 -g -DKZI_DEBUG -fsanitize=address,undefined \
		-fno-sanitize-recover=all -fno-omit-frame-pointer
OPT.tsan     := -O1 -g -DKZI_DEBUG -fsanitize=thread
# An offset of 0 from NULL is no fault of anybody's, and clang tells of it.
OPT.fuzz := $(OPT.asan) -fsanitize=fuzzer-no-link -fno-sanitize=pointer-overflow
OPT.coverage := -O0 -g -DKZI_DEBUG --coverage
ifndef OPT.$(MODE)
$(error MODE=$(MODE) is not one of: release debug asan tsan fuzz coverage)
endif

WARN   := -Wall -Wextra -Wshadow -Wpointer-arith -Wwrite-strings -Wvla
WARN_C := -Wstrict-prototypes -Wmissing-prototypes
BASE   := $(OPT.$(MODE)) $(WARN) -fPIC -fvisibility=hidden -D_GNU_SOURCE \
	  -DKZI_VERSION='"$(VERSION)"' -Iinclude -Ilib -I$(B)/gen -MMD -MP
ALL_CFLAGS   = -std=c11 $(BASE) $(WARN_C) $(CPPFLAGS) $(EXTRA_CFLAGS) $(CFLAGS)
ALL_CXXFLAGS = -std=c++17 $(BASE) $(CPPFLAGS) $(CXXFLAGS)

# Each package is used by the files named beside it (see README).
# What the analysis is made of is static: an index fits the very version of it
# (lib/text/fingerprint_built.c), and libstemmer alone would have the loader fill
# in ten thousand addresses each time that kalauz-query starts.
TEXT_LIBS    := -Wl,-Bstatic -lstemmer -lutf8proc -Wl,-Bdynamic
XAPIAN_LIBS  := -lxapian
ifdef STATIC
XAPIAN       := build/xapian/libxapian.a
XAPIAN_LIBS  := $(XAPIAN) -luuid -static-libstdc++ -static-libgcc
# So that the linker may leave out what is never called.
BASE         += -ffunction-sections
endif
LIB_LIBS     := $(XAPIAN_LIBS) $(TEXT_LIBS) -Wl,-Bstatic -lzstd \
		-Wl,-Bdynamic -lz -lm
# Asked when used, since `make check` may have to install it first.
INDEXER_LIBS  = $(shell xml2-config --libs) -lyajl -larchive -lmd4c \
		$(shell pkg-config --libs poppler-glib)
HTML_CFLAGS   = $(shell xml2-config --cflags)
PDF_CFLAGS    = $(shell pkg-config --cflags poppler-glib)
TEST_LIBS    := -lcmocka
$(B)/indexer/%.o $(B)/query/%.o: EXTRA_CFLAGS = $(HTML_CFLAGS) -I.
$(B)/indexer/pdf.c.o $(B)/indexer/pdf_form.c.o: EXTRA_CFLAGS = $(PDF_CFLAGS) -I.
$(B)/tests/%.o: EXTRA_CFLAGS = $(HTML_CFLAGS) -I.

# File systems keep in memory as one what was written as one, and a program that
# lies there in few pieces starts sooner. A linker writes many.
whole = dd if=$(1) of=$(2) bs=64M status=none

# Quiet unless V=1: a line for each file, and what the compiler has to say.
ifneq ($(V),1)
Q = @echo "  $(1) $@";
else
Q =
endif

# ---- Files: a folder is a module; adding a file needs no edit here ----------

src = $(sort $(wildcard $(addsuffix /*.c,$(1)) $(addsuffix /*.cc,$(1))))
obj = $(patsubst %,$(B)/%.o,$(filter-out $(TOOLS),$(call src,$(1))))

# Programs of the build itself: lib/text/lang/compile_NAME.c, with its parts
# compile_NAME_*.c, turns the data beside it into gen/NAME_tables.h.
TOOLS   := $(wildcard lib/text/lang/compile_*.c)
LIB     := $(filter-out %/tables_carried.c.o,\
		$(call obj,lib/base lib/text lib/text/lang lib/store lib/search))
# The shared library only reads: what writes is the indexer's alone.
READER  := $(filter-out %/flat_write.c.o %/pack.c.o %/vocabulary_write.c.o \
		%/glossary_write.c.o %/lists_write.c.o %/batch.c.o \
		%/compact.cc.o %/segment_write.cc.o %/copy_bare.cc.o \
		$(addprefix $(B)/,$(addsuffix .o,$(wildcard lib/store/writer*.cc))),\
		$(LIB))
# What calls Xapian to read. kalauz-query carries it (lib/store/tables_carried.c),
# but where sanitizers or coverage want to see all of a program, or nothing is
# loaded anyway.
SHIM    := $(addprefix $(B)/lib/store/,tables.cc.o tables_match.cc.o query.cc.o)
CARRIED := $(if $(STATIC),,$(if $(filter release debug,$(MODE)),\
		$(B)/lib/store/tables_carried.c.o))
CLI     := $(call obj,lib/cli)
INDEXER := $(call obj,indexer)
QUERY   := $(call obj,query)
BENCH   := $(call obj,bench)
UNIT    := $(patsubst tests/unit/%.c,$(B)/tests/unit/%,\
		$(wildcard tests/unit/test_*.c))

.PHONY: all units fuzzers fuzz crash deps dictionaries check checked \
	check-warnings demo demonstrated lint format coverage corpus install \
	uninstall deb clean help FORCE
.DELETE_ON_ERROR:
PROGRAMS := $(addprefix $(B)/kalauz-,index query bench)
all: $(B)/libkalauz.a $(B)/libkalauz.so $(PROGRAMS) ## Build the library and the programs (default)

$(B)/libkalauz.a: $(LIB)
	$(call Q,AR )rm -f $@ && $(AR) rcs $@ $^
$(B)/libkalauz.so: $(READER) lib/kalauz.map
	$(call Q,LD )$(CXX) $(ALL_CXXFLAGS) -shared -Wl,-soname,$(SONAME) -Wl,--no-undefined \
		-Wl,--exclude-libs,ALL -Wl,--version-script=lib/kalauz.map \
		$(LDFLAGS) -o $@ $(READER) $(LIB_LIBS)

$(B)/kalauz-index: $(INDEXER) $(CLI) $(B)/libkalauz.a
$(B)/kalauz-query: $(QUERY) $(CLI) $(CARRIED) $(B)/libkalauz.a
$(B)/xapian.so: $(SHIM) $(B)/libkalauz.a lib/store/xapian.map
	$(call Q,LD )$(CXX) $(ALL_CXXFLAGS) -shared -s -Wl,--no-undefined \
		-Wl,--version-script=lib/store/xapian.map $(LDFLAGS) -o $@ \
		$(SHIM) $(B)/libkalauz.a $(XAPIAN_LIBS)
$(B)/lib/store/tables_carried.c.o: $(B)/xapian.so
$(B)/lib/store/tables_carried.c.o: EXTRA_CFLAGS = -DKZI_CARRIED='"$(B)/xapian.so"'
$(B)/kalauz-bench: $(BENCH) $(CLI) $(B)/libkalauz.a
$(B)/kalauz-index: EXTRA_LIBS = $(INDEXER_LIBS)
$(B)/kalauz-query: EXTRA_LIBS = -Wl,-Bstatic -ljansson -lz -Wl,-Bdynamic
$(B)/kalauz-index $(B)/kalauz-query $(B)/kalauz-bench:
	$(call Q,LD )$(CXX) $(ALL_CXXFLAGS) $(LDFLAGS) -Wl,--as-needed -o $@.pieces $^ \
		$(EXTRA_LIBS) $(LIB_LIBS)
	@$(call whole,$@.pieces,$@) && chmod +x $@ && rm $@.pieces

# A test sees everything: the library, the kit, and the indexer but its main.
TESTED := $(filter-out %/index_main.c.o,$(INDEXER)) $(CLI)
units: $(UNIT)
$(B)/tests/unit/%: $(B)/tests/unit/%.c.o $(TESTED) $(B)/libkalauz.a
	$(call Q,LD )$(CXX) $(ALL_CXXFLAGS) $(LDFLAGS) -Wl,--as-needed -o $@ $^ \
		$(TEST_LIBS) $(INDEXER_LIBS) $(LIB_LIBS)

# A harness (tests/fuzz/README.md) with replay.c is a program that runs it over
# files; with libFuzzer, one that looks for others.
FUZZ := $(patsubst %.c,$(B)/%,$(wildcard tests/fuzz/fuzz_*.c))
FUZZ_DRIVER := $(if $(filter fuzz,$(MODE)),,$(B)/tests/fuzz/replay.c.o)
fuzzers: $(FUZZ)
$(FUZZ): $(B)/tests/fuzz/%: $(B)/tests/fuzz/%.c.o $(B)/tests/fuzz/fuzz.c.o \
		$(FUZZ_DRIVER) $(TESTED) $(B)/libkalauz.a
	$(call Q,LD )$(CXX) $(ALL_CXXFLAGS) $(LDFLAGS) \
		$(if $(FUZZ_DRIVER),,-fsanitize=fuzzer) -Wl,--as-needed -o $@ \
		$^ $(INDEXER_LIBS) $(LIB_LIBS)

# ---- Tables made by the build ----------------------------------------------

comma := ,

$(B)/tools/compile_cy: lib/text/lang/cy_rules.h
$(B)/tools/compile_lid: lib/text/lid_alphabet.h lib/text/lid.h
$(B)/tools/compile_%: lib/text/lang/compile_%.c
	@mkdir -p $(@D)
	$(call Q,CC )$(CC) -std=c11 -O1 $(WARN) $(WARN_C) -Ilib -o $@ $(filter %.c,$^)
$(B)/gen/cy_tables.h: $(B)/tools/compile_cy lib/text/lang/cy.lexicon
	@mkdir -p $(@D)
	$(call Q,GEN)$< lib/text/lang/cy.lexicon > $@
$(B)/gen/lid_tables.h: $(B)/tools/compile_lid lib/text/lang/lid.model
	@mkdir -p $(@D)
	$(call Q,GEN)$< lib/text/lang/lid.model > $@
$(B)/lib/text/stem_cy.c.o: $(B)/gen/cy_tables.h

# Base forms, from Hunspell's dictionaries or our own: tag, path, classes that
# make other words.
HUNSPELL ?= /usr/share/hunspell
define dictionary
$(B)/gen/$(1)_dict_tables.h: $(B)/tools/compile_dict $(2).aff $(2).dic \
		$(wildcard lib/text/lang/$(1).forms)
	@mkdir -p $$(@D)
	$$(call Q,GEN)$$< $(2).aff $(2).dic '$(3)' \
		$(wildcard lib/text/lang/$(1).forms) > $$@
$(B)/lib/text/lang/dict_$(1).c.o: $(B)/gen/$(1)_dict_tables.h
endef
$(eval $(call dictionary,ca,$(HUNSPELL)/ca,_V$(comma)_Y))
$(eval $(call dictionary,hu,$(HUNSPELL)/hu_HU))
$(eval $(call dictionary,pt,$(HUNSPELL)/pt_PT,m$(comma)d))
$(eval $(call dictionary,ro,$(HUNSPELL)/ro_RO))
$(eval $(call dictionary,en,lib/text/lang/en))
$(eval $(call dictionary,it,lib/text/lang/it))
$(B)/tools/compile_dict: $(wildcard lib/text/lang/compile_dict_*.c) \
		lib/text/lang/compile_dict.h lib/text/dict.h
$(HUNSPELL)/%:
	@echo "$@ is missing: make deps, or apt install hunspell-ca \
	hunspell-hu hunspell-pt-pt hunspell-ro" >&2; exit 1
$(B)/lib/text/lid.c.o: $(B)/gen/lid_tables.h

# From the lists in lang_*.c.
$(B)/tools/compile_stop: $(B)/lib/text/lang/compile_stop.c.o $(B)/lib/text/lang.c.o \
		$(call obj,lib/base lib/text/lang)
	@mkdir -p $(@D)
	$(call Q,LD )$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^
$(B)/gen/stop_tables.h: $(B)/tools/compile_stop
	$(call Q,GEN)$< > $@
$(B)/lib/text/stop.c.o: $(B)/gen/stop_tables.h

# The glossary of the corpus, which every word table has: lines as C strings.
$(B)/gen/glossary_data.h: corpus/glossary.tsv
	@mkdir -p $(@D)
	$(call Q,GEN)sed -e 's/["\\]/\\&/g; s/	/\\t/g; s/.*/"&\\n"/' $< >$@
$(B)/indexer/dictionaries.c.o: $(B)/gen/glossary_data.h
# The analysis tells its own fingerprint; see lib/text/fingerprint_built.c.
ANALYSIS := $(filter-out %/fingerprint_built.c.o,\
	$(call obj,lib/base lib/text lib/text/lang))
$(B)/tools/compile_fingerprint: $(B)/lib/text/lang/compile_fingerprint.c.o $(ANALYSIS)
	@mkdir -p $(@D)
	$(call Q,LD )$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(TEXT_LIBS) -lm
$(B)/gen/fingerprint_tables.h: $(B)/tools/compile_fingerprint
	$(call Q,GEN)$< > $@
$(B)/lib/text/fingerprint_built.c.o: $(B)/gen/fingerprint_tables.h

# Where the program stands in memory is settled when it is linked, so that it
# starts sooner: kalauz-query lives for a few milliseconds.
ifeq ($(MODE),release)
$(B)/kalauz-query: EXTRA_LIBS += -no-pie
endif
ifdef STATIC
# No loader at all: nothing to find, to map and to fill in. What is never called
# is left out, and code and constants share their pages: fewer are asked for.
$(B)/kalauz-query: EXTRA_LIBS = -static -ljansson -Wl,--gc-sections \
		-Wl,-z,noseparate-code
$(B)/kalauz-query: LIB_LIBS := $(subst -Wl$(comma)-Bdynamic,,$(LIB_LIBS))
$(PROGRAMS) $(B)/libkalauz.so $(UNIT): | $(XAPIAN)
$(XAPIAN): lib/store/xapian_static.sh
	@.ci/deps static
	$< $(@D)
endif

# ---- Objects ----------------------------------------------------------------

$(B)/%.c.o: %.c $(B)/flags
	@mkdir -p $(@D)
	$(call Q,CC )$(CC) $(ALL_CFLAGS) -c -o $@ $<
$(B)/%.cc.o: %.cc $(B)/flags
	@mkdir -p $(@D)
	$(call Q,CXX)$(CXX) $(ALL_CXXFLAGS) -c -o $@ $<

# Rebuild when the flags change, not only when a file does.
FLAGS := $(strip $(CC) $(ALL_CFLAGS) $(CXX) $(ALL_CXXFLAGS) $(LDFLAGS))
ifneq ($(strip $(file <$(B)/flags)),$(FLAGS))
$(B)/flags: FORCE
endif
$(B)/flags:
	@mkdir -p $(@D) && printf '%s\n' '$(subst ','\'',$(FLAGS))' >$@

# ---- Checks -----------------------------------------------------------------
# What needs packages first asks for them, then calls this Makefile again for
# the rest: only then can the compiler be asked where they are.

deps: dictionaries ## Install the Debian packages that are missing
	@.ci/deps build
dictionaries: ## Install Debian's dictionaries for --across
	@.ci/deps dictionaries
check: ## Run every test; MODE=asan: with sanitizers
	@.ci/deps check
	+@$(MAKE) --no-print-directory checked
checked: all units fuzzers
	@MODE=$(MODE) tests/check.sh
check-warnings: ## Build with gcc and clang, every warning an error
	@.ci/deps check
	+@$(MAKE) --no-print-directory B=build/werror-gcc CC=gcc CXX=g++ \
		CFLAGS=-Werror CXXFLAGS=-Werror all units
	+@$(MAKE) --no-print-directory B=build/werror-clang CC=clang \
		CXX=clang++ CFLAGS=-Werror CXXFLAGS=-Werror all units
fuzz: ## Look for inputs that break a reader; SECONDS=60 TARGETS="html pdf"
	@.ci/deps fuzz
	+@$(MAKE) --no-print-directory MODE=fuzz CC=clang CXX=clang++ fuzzers
	@tests/fuzz/fuzz.sh $(or $(SECONDS),60) $(TARGETS)
crash: all ## Kill 200 runs at random moments, and at every fail point
	N=200 tests/crash/kill.sh
demo: ## Index corpus/ and ask it in seven languages
	@.ci/deps build
	@.ci/deps dictionaries || echo 'make demo: goes on without them' >&2
	+@$(MAKE) --no-print-directory demonstrated
demonstrated: all
	@MODE=$(MODE) tests/demo.sh

SOURCES = $(wildcard include/*.h lib/*/*.[ch] lib/*/*.cc lib/*/*.hh \
	lib/text/lang/*.[ch] indexer/*.[ch] query/*.[ch] bench/*.[ch])
lint: ## Look for what compilers let pass
	@.ci/deps lint
	@tests/lint.py
	@tests/layers.py
	@cppcheck --quiet --std=c11 --language=c --enable=warning,portability \
		--inline-suppr --suppress=missingIncludeSystem -Iinclude -Ilib \
		-I. -D_GNU_SOURCE --error-exitcode=1 lib indexer query
	@shellcheck -x .ci/run .ci/deps tests/*.sh tests/fuzz/*.sh bench/*.sh \
		docs/debian/*.sh lib/store/*.sh
	@clang-format --dry-run $(SOURCES) 2>&1 | grep -c 'warning:' | \
		sed 's/$$/ lines that clang-format would write otherwise (advice)/'
format: ## Write the sources as clang-format likes them
	clang-format -i $(SOURCES)
coverage: ## Which lines of lib/ the tests run
	@.ci/deps coverage
	+@$(MAKE) --no-print-directory MODE=coverage checked
	gcovr --root . --filter lib/ --filter indexer/ --object-directory \
		build/coverage --print-summary --html-details \
		build/coverage/index.html | tail -n 3
corpus: ## Make the supporting materials anew from their sources
	@test ! -x corpus/make_materials.sh || corpus/make_materials.sh

# ---- Installing -------------------------------------------------------------

MANUALS := $(wildcard docs/man/*.[1-8])
SHARE   := $(DESTDIR)$(PREFIX)/share
BIN     := $(DESTDIR)$(PREFIX)/bin
INCLUDE := $(DESTDIR)$(PREFIX)/include
LIBS    := $(DESTDIR)$(LIBDIR)
MAN     := $(SHARE)/man
SCHEMAS := $(SHARE)/kalauz
BASH    := $(SHARE)/bash-completion/completions
FISH    := $(SHARE)/fish/vendor_completions.d
# Where zsh looks; Debian's packages have a folder of their own.
ZSHDIR  ?= $(PREFIX)/share/zsh/site-functions
ZSH     := $(DESTDIR)$(ZSHDIR)

install: all $(B)/kalauz.pc ## Install below $(DESTDIR)$(PREFIX)
	install -d $(BIN) $(INCLUDE) $(LIBS)/pkgconfig $(BASH) $(FISH) $(ZSH)
	install -m 755 $(PROGRAMS) $(BIN)
	$(call whole,$(B)/kalauz-query,$(BIN)/kalauz-query)
	install -m 644 include/kalauz.h $(INCLUDE)
	install -m 644 $(B)/libkalauz.a $(LIBS)
	install -m 755 $(B)/libkalauz.so $(LIBS)/libkalauz.so.$(VERSION)
	ln -sf libkalauz.so.$(VERSION) $(LIBS)/$(SONAME)
	ln -sf $(SONAME) $(LIBS)/libkalauz.so
	install -m 644 $(B)/kalauz.pc $(LIBS)/pkgconfig
	install -D -m 644 -t $(SCHEMAS) docs/schema/*.json
	for page in $(MANUALS); do \
		install -D -m 644 -t $(MAN)/man$${page##*.} $$page || exit 1; \
	done
	install -m 644 docs/completions/kalauz.bash $(BASH)/kalauz-query
	ln -sf kalauz-query $(BASH)/kalauz-index
	ln -sf kalauz-query $(BASH)/kalauz-bench
	install -m 644 docs/completions/*.fish $(FISH)
	install -m 644 docs/completions/_kalauz $(ZSH)
uninstall: ## Remove what install put there
	rm -f $(addprefix $(BIN)/,$(notdir $(PROGRAMS))) $(INCLUDE)/kalauz.h \
		$(LIBS)/libkalauz.a $(LIBS)/libkalauz.so.$(VERSION) \
		$(LIBS)/$(SONAME) $(LIBS)/libkalauz.so \
		$(LIBS)/pkgconfig/kalauz.pc $(ZSH)/_kalauz \
		$(addprefix $(BASH)/,$(notdir $(PROGRAMS))) \
		$(addprefix $(FISH)/,$(notdir $(wildcard docs/completions/*.fish))) \
		$(SCHEMAS)/*.schema.json
	-rmdir $(SCHEMAS)
	for page in $(notdir $(MANUALS)); do \
		rm -f $(MAN)/man$${page##*.}/$$page; \
	done
# Three packages, of what is installed below a folder of its own.
DEB := build/deb
deb: ## Make Debian packages in build/deb
	@.ci/deps deb
	rm -rf $(DEB)
	+@$(MAKE) --no-print-directory --silent install \
		DESTDIR=$(abspath $(DEB))/stage PREFIX=/usr \
		LIBDIR=/usr/lib/$$(dpkg-architecture -qDEB_HOST_MULTIARCH) \
		ZSHDIR=/usr/share/zsh/vendor-completions
	docs/debian/build.sh $(DEB)/stage $(VERSION) $(DEB)
	rm -rf $(DEB)/stage
# No file tells when PREFIX changed, so it is written every time.
$(B)/kalauz.pc: lib/kalauz.pc.in FORCE
	@mkdir -p $(@D)
	sed -e 's|@PREFIX@|$(PREFIX)|; s|@LIBDIR@|$(LIBDIR)|' \
		-e 's|@VERSION@|$(VERSION)|' $< >$@

clean: ## Remove everything that was built
	rm -rf build
help: ## Show this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  \1\t\2/p' $(MAKEFILE_LIST) | expand -t 18

.SECONDARY:
-include $(patsubst %.o,%.d,$(LIB) $(CLI) $(INDEXER) $(QUERY) $(BENCH)) \
	$(UNIT:=.c.d) $(FUZZ:=.c.d) $(B)/tests/fuzz/fuzz.c.d \
	$(B)/tests/fuzz/replay.c.d

# ---- Benchmarks (bench/README.md) -------------------------------------------

.PHONY: bench bench-analysis bench-million
BENCH_SIZES ?= 100000 1000000
MILLION     := $(addprefix $(B)/bench/,million xapian_bm25)
STAGES      := words_read plan store_match verify rank results_add
$(B)/kalauz-bench: EXTRA_LIBS := -ljansson -lpthread
bench: $(B)/kalauz-bench ## Build the benchmark program
bench-million: $(B)/kalauz-index $(MILLION) ## Measure a million passages, see bench/README.md (hours)
	bench/million.sh $(B) build/million $(BENCH_SIZES)
$(MILLION): $(B)/bench/%: $(B)/bench/peers/%.cc.o $(B)/libkalauz.a
	$(call Q,LD )$(CXX) $(LDFLAGS) -o $@ $(filter %.o,$^) $(filter %.a,$^) \
		$(EXTRA_LIBS) $(LIB_LIBS)
bench-analysis: $(B)/bench/analysis ## Build what bench/analysis.sh measures with
$(B)/bench/analysis: $(B)/bench/peers/analysis.c.o $(B)/libkalauz.a
	$(call Q,LD )$(CXX) $(LDFLAGS) -o $@ $^ $(LIB_LIBS)
$(B)/bench/million: $(B)/bench/peers/stages.c.o
$(B)/bench/million: EXTRA_LIBS := $(STAGES:%=-Wl,--wrap=kzi_%)
# Kalauz beside others; SETS holds what bench-million makes, or the like of it.
.PHONY: bench-peers bench-peers-run bench-loads bench-loads-run
SETS  ?= build/million
SIZES ?= corpus 100000
PEERS := $(addprefix $(B)/bench/,kalauz_search xapian_search fts5)
bench-peers: ## Measure Kalauz beside Xapian, FTS5, Lucene, Groonga, Recoll, ripgrep
	@.ci/deps peers
	+@$(MAKE) --no-print-directory bench-peers-run
bench-peers-run: all $(PEERS) $(B)/bench/xapian_bm25 $(B)/bench/lucene/Lucene.class
	bench/peers.sh $(B) $(SETS) build/peers $(SIZES)
bench-loads: ## Measure loading beside omindex and FTS5
	@.ci/deps peers
	+@$(MAKE) --no-print-directory bench-loads-run
bench-loads-run: all $(B)/bench/fts5
	bench/loads.sh $(B) $(SETS) build/loads
$(B)/bench/kalauz_search $(B)/bench/fts5: $(B)/bench/%: $(B)/bench/peers/%.c.o
$(B)/bench/xapian_search: $(B)/bench/peers/xapian_search.cc.o
$(B)/bench/fts5: EXTRA_LIBS := -lsqlite3
$(PEERS): $(B)/bench/peers/serve.c.o $(B)/libkalauz.a
	$(call Q,LD )$(CXX) $(LDFLAGS) -Wl,--as-needed -o $@ $(filter %.o,$^) \
		$(filter %.a,$^) $(EXTRA_LIBS) $(LIB_LIBS)
$(B)/bench/lucene/Lucene.class: bench/peers/Lucene.java
	@mkdir -p $(@D)
	$(call Q,JAVAC)javac -cp '/usr/share/java/*' -d $(@D) $<
-include $(wildcard $(B)/bench/peers/*.d)
