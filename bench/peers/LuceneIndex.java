/* LuceneIndex -- passages indexed by Apache Lucene, for bench/ingest.sh.
 *
 *     java LuceneIndex plain|stems PASSAGES.tsv FOLDER
 *
 * PASSAGES has a language, a tab and a text on each line. "plain" analyses all
 * with StandardAnalyzer, "stems" each language with the analyzer that Lucene has
 * for it (Welsh has none). The text is stored, as it is in our index; one
 * thread; one commit at the end. */
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.util.HashMap;
import java.util.Map;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.ca.CatalanAnalyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.hu.HungarianAnalyzer;
import org.apache.lucene.analysis.it.ItalianAnalyzer;
import org.apache.lucene.analysis.miscellaneous.PerFieldAnalyzerWrapper;
import org.apache.lucene.analysis.pt.PortugueseAnalyzer;
import org.apache.lucene.analysis.ro.RomanianAnalyzer;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.FSDirectory;

public final class LuceneIndex {
	private static Analyzer analyzers() {
		Map<String, Analyzer> fields = new HashMap<>();

		fields.put("ca", new CatalanAnalyzer());
		fields.put("en", new EnglishAnalyzer());
		fields.put("hu", new HungarianAnalyzer());
		fields.put("it", new ItalianAnalyzer());
		fields.put("pt", new PortugueseAnalyzer());
		fields.put("ro", new RomanianAnalyzer());
		return new PerFieldAnalyzerWrapper(
			new StandardAnalyzer(), fields);
	}

	private static Document document(String line, boolean stems) {
		int tab = line.indexOf('\t');
		String language = line.substring(0, tab);
		Document document = new Document();

		document.add(new StringField(
			"lang", language, Field.Store.YES));
		document.add(new TextField(stems ? language : "text",
			line.substring(tab + 1), Field.Store.YES));
		return document;
	}

	public static void main(String[] arguments) throws Exception {
		boolean stems = arguments[0].equals("stems");
		IndexWriterConfig config = new IndexWriterConfig(
			stems ? analyzers() : new StandardAnalyzer());

		try (BufferedReader lines = Files.newBufferedReader(
			     Paths.get(arguments[1]));
			IndexWriter writer = new IndexWriter(
				FSDirectory.open(Paths.get(arguments[2])),
				config)) {
			String line;

			while ((line = lines.readLine()) != null)
				writer.addDocument(document(line, stems));
			writer.commit();
		}
	}
}
