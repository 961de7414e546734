import eu.europa.esig.dss.model.FileDocument;
import eu.europa.esig.dss.simplereport.SimpleReport;
import eu.europa.esig.dss.spi.DSSUtils;
import eu.europa.esig.dss.spi.validation.CommonCertificateVerifier;
import eu.europa.esig.dss.spi.x509.CommonTrustedCertificateSource;
import eu.europa.esig.dss.spi.x509.revocation.crl.ExternalResourcesCRLSource;
import eu.europa.esig.dss.validation.SignedDocumentValidator;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks EU DSS about sealed files: `Judge [--root ROOT.pem]... [--crl LIST.der]... FILE...`.
 *
 * <p>It prints one line a signature: file, indication, sub-indication and format, with tabs between. No address
 * is ever asked: roots and revocation lists are those named. The policy is DSS's own, but what it only warns of
 * when a file was changed after signing counts here, because nothing may change in a paper of ours.
 */
public class Judge {
  private static final String STRICTER =
      "<(ByteRangeCollision|PdfAnnotationOverlap|PdfVisualDifference|DocMDP|UndefinedChanges) Level=\"WARN\"";

  public static void main(String[] arguments) throws IOException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    CommonTrustedCertificateSource roots = new CommonTrustedCertificateSource();
    List<String> lists = new ArrayList<>();
    List<String> files = new ArrayList<>();
    for (int i = 0; i < arguments.length; i++) {
      switch (arguments[i]) {
        case "--root" -> roots.addCertificate(DSSUtils.loadCertificate(new File(arguments[++i])));
        case "--crl" -> lists.add(arguments[++i]);
        default -> files.add(arguments[i]);
      }
    }
    byte[] policy = policy();
    for (String file : files) {
      try {
        judge(file, roots, lists, policy, out);
      } catch (RuntimeException | IOException error) {
        out.println(String.join("\t", file, "NOT_READ", error.getClass().getSimpleName(), ""));
      }
    }
  }

  private static byte[] policy() throws IOException {
    try (InputStream given = Judge.class.getResourceAsStream("/policy/constraint.xml")) {
      String text = new String(given.readAllBytes(), StandardCharsets.UTF_8);
      return text.replaceAll(STRICTER, "<$1 Level=\"FAIL\"").getBytes(StandardCharsets.UTF_8);
    }
  }

  private static void judge(
      String file, CommonTrustedCertificateSource roots, List<String> lists, byte[] policy, PrintStream out)
      throws IOException {
    InputStream[] opened = new InputStream[lists.size()];
    for (int i = 0; i < opened.length; i++) {
      opened[i] = new FileInputStream(lists.get(i));
    }
    CommonCertificateVerifier verifier = new CommonCertificateVerifier();
    verifier.setTrustedCertSources(roots);
    verifier.setCrlSource(new ExternalResourcesCRLSource(opened));
    verifier.setAIASource(null);
    SignedDocumentValidator validator = SignedDocumentValidator.fromDocument(new FileDocument(file));
    validator.setCertificateVerifier(verifier);
    SimpleReport report = validator.validateDocument(new ByteArrayInputStream(policy)).getSimpleReport();
    if (report.getSignatureIdList().isEmpty()) {
      out.println(String.join("\t", file, "NO_SIGNATURE", "", ""));
    }
    for (String id : report.getSignatureIdList()) {
      String why = report.getSubIndication(id) == null ? "" : report.getSubIndication(id).toString();
      String format = report.getSignatureFormat(id) == null ? "" : report.getSignatureFormat(id).toString();
      out.println(String.join("\t", file, report.getIndication(id).toString(), why, format));
    }
  }
}
