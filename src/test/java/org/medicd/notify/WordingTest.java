package org.medicd.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medicd.config.Problem;
import org.medicd.plan.Notice;
import org.medicd.plan.Severity;

class WordingTest {
  private static final Path EXAMPLES = Path.of("examples/templates");

  @TempDir Path folder;

  @BeforeEach
  void nobodyElseMayWrite() throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Path template(String name, String text) throws IOException {
    Path file = Files.writeString(folder.resolve(name), text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    return file;
  }

  private List<String> problems() {
    return Wording.problems(folder).stream()
        .map(Problem::toString)
        .map(each -> each.replace(folder + "/", ""))
        .toList();
  }

  private static Letter burner() {
    return Notices.letter(Notices.opened());
  }

  /** What only Slack is told, as each rung, comes to no mail and no program. */
  @Test
  void theGuidesNameTheKindsThatComeToMailsAndPrograms() throws IOException {
    FakeChannel channel = FakeChannel.good("one", Severity.INFO);
    List<String> kinds =
        Arrays.stream(Notice.Kind.values())
            .filter(channel::tells)
            .map(each -> each.name().toLowerCase(Locale.ROOT))
            .toList();
    for (Pattern list :
        List.of(
            Pattern.compile("`MEDICD_KIND` \\(([^;)]*);"),
            Pattern.compile("\\| `kind` \\| ([^|]*) \\|"))) {
      String guide =
          Files.readString(Path.of("README.md"))
              + Files.readString(Path.of("examples/templates/README.md"));
      Matcher found = list.matcher(guide);
      assertThat(found.find()).isTrue();
      assertThat(found.group(1).split(",\\s+| or ")).containsExactlyInAnyOrderElementsOf(kinds);
    }
  }

  /** Who copies them begins with what medicd says by itself. */
  @Test
  void theExamplesSayWhatMedicdSaysByItself() throws IOException {
    for (String name : TemplateFolder.NAMES) {
      template(name, Files.readString(EXAMPLES.resolve(name)));
    }
    assertThat(problems()).isEmpty();
    Wording wording = Wording.of(folder);
    List<Letter> letters =
        Stream.concat(
                Samples.letters().stream(),
                Stream.of(
                    Notices.letter(Notices.exhausted()),
                    Notices.letter(Notices.awaiting()),
                    Notices.letter(Notices.recovered()),
                    Notices.letter(Notices.opened("a & b <i>\"'"))))
            .toList();
    for (Letter letter : letters) {
      assertThat(wording.subject(letter)).isEqualTo(LetterText.subject(letter));
      assertThat(wording.text(letter)).isEqualTo(LetterText.text(letter));
      assertThat(wording.html(letter)).isEqualTo(Wording.OWN.html(letter)).isNotNull();
    }
  }

  @Test
  void theGuideTellsOfEveryField() throws IOException {
    String guide = Files.readString(EXAMPLES.resolve("README.md"));
    assertThat(TemplateCheck.fields())
        .allSatisfy(field -> assertThat(guide).contains("`" + field + "`"));
  }

  @Test
  void anOwnTextTakesThePlaceOfMedicds() throws IOException {
    template(
        "subject.txt", "{{host}} hat ein Problem:\n {{#incidents}}{{diagnosis}}{{/incidents}}\n");
    Wording wording = Wording.of(folder);
    assertThat(wording.subject(burner())).isEqualTo("web-1 hat ein Problem: cpu-runaway");
    assertThat(wording.text(burner())).isEqualTo(LetterText.text(burner()));
  }

  @Test
  void aSubjectIsOneLineOfBoundedLength() throws IOException {
    template("subject.txt", "a\r\nBcc: x@example.org\u0007 " + "long ".repeat(100) + "{{host}}");
    assertThat(Wording.of(folder).subject(burner()))
        .startsWith("a Bcc: x@example.org\\u{7} long")
        .doesNotContainPattern("\\p{Cntrl}")
        .hasSizeLessThan(320);
  }

  @Test
  void anEmptySubjectIsNone() throws IOException {
    template("subject.txt", "{{#paused}}paused{{/paused}}\n");
    assertThat(Wording.of(folder).subject(burner())).isEqualTo(LetterText.subject(burner()));
  }

  /** Triple braces leave out the escaping of Mustache; here there is no way around it. */
  @Test
  void noNameOfAProcessBecomesHtml() throws IOException {
    template("mail.html", "<p>{{event}} {{{event}}} {{&event}}</p>");
    Letter hostile = Notices.letter(Notices.opened("<img src=x onerror='x()'>"));
    for (Wording wording : List.of(Wording.of(folder), Wording.OWN)) {
      assertThat(wording.html(hostile))
          .contains("&lt;img src&#x3D;x onerror&#x3D;&#39;x()&#39;&gt;")
          .doesNotContain("<img");
    }
  }

  @Test
  void nothingOfTheProgramCanBeReached() throws IOException {
    template("text.txt", "{{host.class.name}} {{host.bytes}}");
    assertThat(problems()).hasSize(2).allMatch(each -> each.startsWith("text.txt:1: there is no"));
  }

  @Test
  void everyMistakeIsToldWithItsLine() throws IOException {
    template("subject.txt", "{{host}}: {{hedline}}");
    template("text.txt", "{{host}}\n\n{{#incidents}}\n{{id}}\n");
    template(
        "mail.html", "<p>\n{{#incidents}}{{#steps}}{{acton}}{{/steps}}\n{{>footer}}{{/incidents}}");
    assertThat(problems())
        .containsExactly(
            "subject.txt:1: there is no field 'hedline', did you mean 'headline'?",
            "text.txt:3: Section missing close tag 'incidents': each {{#name}} and each {{^name}}"
                + " ends with a {{/name}}",
            "mail.html:2: there is no field 'acton', did you mean 'action'?",
            "mail.html:3: 'footer': no template can take in another");
  }

  @Test
  void aFieldAtTheWrongPlaceIsToldWhereItBelongs() throws IOException {
    template("text.txt", "{{host}}\n{{unit}}");
    assertThat(problems())
        .containsExactly(
            "text.txt:2: there is no 'unit' here: write it between {{#incidents}} and"
                + " {{/incidents}}");
  }

  @Test
  void aTagThatIsNotClosedIsTold() throws IOException {
    template("text.txt", "{{host}\nis down}}");
    assertThat(problems())
        .singleElement()
        .asString()
        .contains("text.txt:2: Invalid tag name: contains newline", "is its }} missing?");
    template("text.txt", "one\n{{}}");
    assertThat(problems()).containsExactly("text.txt:2: a tag without a name: {{}}");
  }

  @Test
  void whatComesOfATemplateIsBounded() throws IOException {
    template("text.txt", "{{#incidents}}" + "x".repeat(60_000) + "{{/incidents}}");
    assertThat(problems()).isEmpty();
    Notice[] many =
        Stream.iterate(1, n -> n + 1)
            .limit(20)
            .map(n -> Notices.nth(n, "disk-full", Severity.WARNING))
            .toArray(Notice[]::new);
    Letter letter = Notices.letter(many);
    assertThat(Wording.of(folder).text(letter)).isEqualTo(LetterText.text(letter));
    template("text.txt", "x".repeat(70_000));
    assertThat(problems()).containsExactly("text.txt: is larger than 64 KiB");
  }

  @Test
  void whatIsBrokenLosesNoLetter() throws IOException {
    template("subject.txt", "{{#host}}");
    template("text.txt", "good: {{host}}");
    Wording wording = Wording.of(folder);
    assertThat(wording.subject(burner())).isEqualTo(LetterText.subject(burner()));
    assertThat(wording.text(burner())).isEqualTo("good: web-1");
  }

  @Test
  void whatOthersMayWriteIsNotUsed() throws IOException {
    Path file = template("text.txt", "evil");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
    assertThat(problems()).singleElement().asString().contains("writable by", "chmod go-w");
    assertThat(Wording.of(folder).text(burner())).isEqualTo(LetterText.text(burner()));
  }

  @Test
  void aFileThatIsNotReadIsToldIfItIsMeantToBe() throws IOException {
    template("subjects.txt", "x");
    template("README", "x");
    assertThat(problems())
        .containsExactly("subjects.txt: is no template that is read, did you mean 'subject.txt'?");
  }

  @Test
  void aFolderThatIsMissingIsTold() throws IOException {
    Files.delete(folder);
    assertThat(problems()).containsExactly(folder + ": there is no such folder of templates");
    assertThat(Wording.of(folder).text(burner())).isEqualTo(LetterText.text(burner()));
  }

  /** To be looked at: target/mails. */
  @Test
  void mailsAreThereToBeLookedAt() throws IOException {
    Path mails = Files.createDirectories(Path.of("target/mails"));
    List<Letter> letters = Samples.letters();
    for (int i = 0; i < letters.size(); i++) {
      String html = Wording.OWN.html(letters.get(i));
      assertThat(html)
          .isNotNull()
          .doesNotContain("{{")
          .doesNotContain("http:")
          .endsWith("</html>\n");
      Files.writeString(mails.resolve(i + ".html"), String.valueOf(html));
    }
  }
}
