// Lucene.java -- Apache Lucene, as bench/peers.py asks it.
//
//     Lucene index FOLDER < passages.tsv     lang<TAB>text, a document each
//     Lucene text|snippets FOLDER            searches, as serve.h tells
//     Lucene once FOLDER LANG QUERY          one search, for the start of a program
//
// Each passage is analysed in its language (Welsh, which Lucene does not know,
// by its words), a query in its own, which it is told; the text is stored.
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Paths;
import java.util.HashMap;
import java.util.Map;

import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.ca.CatalanAnalyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.hu.HungarianAnalyzer;
import org.apache.lucene.analysis.it.ItalianAnalyzer;
import org.apache.lucene.analysis.pt.PortugueseAnalyzer;
import org.apache.lucene.analysis.ro.RomanianAnalyzer;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LogByteSizeMergePolicy;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.uhighlight.UnifiedHighlighter;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.QueryBuilder;

public class Lucene {
	static final int HITS = 10;

	final Map<String, Analyzer> analyzers = new HashMap<>();
	final Analyzer plain = new StandardAnalyzer();
	DirectoryReader reader;
	IndexSearcher searcher;
	boolean wantsSnippets;

	Lucene() {
		analyzers.put("ca", new CatalanAnalyzer());
		analyzers.put("en", new EnglishAnalyzer());
		analyzers.put("hu", new HungarianAnalyzer());
		analyzers.put("it", new ItalianAnalyzer());
		analyzers.put("pt", new PortugueseAnalyzer());
		analyzers.put("ro", new RomanianAnalyzer());
	}

	Analyzer analyzerOf(String language) {
		return analyzers.getOrDefault(language, plain);
	}

	static BufferedReader input() {
		return new BufferedReader(new InputStreamReader(
			System.in, StandardCharsets.UTF_8), 1 << 16);
	}

	// ---- Indexing ----------------------------------------------------

	void index(String folder) throws Exception {
		// Merges neighbours only, so that a number is a row.
		IndexWriterConfig config = new IndexWriterConfig(plain)
			.setMergePolicy(new LogByteSizeMergePolicy());

		try (IndexWriter writer = new IndexWriter(
			     FSDirectory.open(Paths.get(folder)), config)) {
			BufferedReader lines = input();
			String line;

			while ((line = lines.readLine()) != null)
				add(writer, line);
			writer.forceMerge(1);
		}
	}

	void add(IndexWriter writer, String line) throws Exception {
		int tab = line.indexOf('\t');
		String text = line.substring(tab + 1);
		Document document = new Document();

		document.add(new Field("text",
			analyzerOf(line.substring(0, tab))
				.tokenStream("text", text),
			TextField.TYPE_NOT_STORED));
		document.add(new StoredField("text", text));
		writer.addDocument(document);
	}

	// ---- Searching ---------------------------------------------------

	void open(String folder) throws Exception {
		reader = DirectoryReader.open(
			FSDirectory.open(Paths.get(folder)));
		searcher = new IndexSearcher(reader);
	}

	// Rows from 1, best first.
	int[] search(String language, String text) throws Exception {
		Analyzer analyzer = analyzerOf(language);
		Query query = new QueryBuilder(analyzer)
			.createBooleanQuery("text", text);

		if (query == null)
			return new int[0];
		TopDocs top = searcher.search(query, HITS);
		int[] rows = new int[top.scoreDocs.length];
		long length = 0;
		for (int i = 0; i < rows.length; i++)
			rows[i] = top.scoreDocs[i].doc + 1;
		if (wantsSnippets)
			for (String part : new UnifiedHighlighter(
				     searcher, analyzer)
					.highlight("text", query, top, 1))
				length += part == null ? 0 : part.length();
		else
			for (int row : rows)
				length += searcher.doc(row - 1)
					.get("text").length();
		sink += length;
		return rows;
	}

	// So that nothing is fetched in vain as the compiler sees it.
	static volatile long sink;

	void serve() throws Exception {
		ThreadMXBean clock = ManagementFactory.getThreadMXBean();
		PrintStream out = new PrintStream(System.out, false, "UTF-8");
		BufferedReader lines = input();
		String line;

		while ((line = lines.readLine()) != null) {
			int tab = line.indexOf('\t');
			long passed = System.nanoTime();
			long worked = clock.getCurrentThreadCpuTime();
			int[] rows = search(line.substring(0, tab),
				line.substring(tab + 1));

			worked = clock.getCurrentThreadCpuTime() - worked;
			passed = System.nanoTime() - passed;
			out.print(worked + " " + passed);
			for (int row : rows)
				out.print(" " + row);
			out.print("\n");
			out.flush();
		}
	}

	void once(String language, String text) throws Exception {
		for (int row : search(language, text))
			System.out.println(searcher.doc(row - 1).get("text"));
	}

	public static void main(String[] words) throws Exception {
		Lucene lucene = new Lucene();

		if (words[0].equals("index")) {
			lucene.index(words[1]);
			return;
		}
		lucene.open(words[1]);
		lucene.wantsSnippets = words[0].equals("snippets");
		if (words[0].equals("once"))
			lucene.once(words[2], words[3]);
		else
			lucene.serve();
	}
}
