package org.medicd.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "app --password hunter2 -v | app --password *** -v",
        "app --password=hunter2 -v | app --password=*** -v",
        "app --token -hunter2 x | app --token *** x",
        "app --db-password=hunter2 | app --db-password=***",
        "java -Ddb.password=hunter2 -jar a.jar | java -Ddb.password=*** -jar a.jar",
        "java -Djavax.net.ssl.keyStorePassword=hunter2 A | java"
            + " -Djavax.net.ssl.keyStorePassword=*** A",
        "mysql -u root -phunter2 db | mysql -u root -p*** db",
        "/usr/bin/mysqldump -phunter2 | /usr/bin/mysqldump -p***",
        "sshpass -p hunter2 ssh host -p 22 | sshpass -p *** ssh host -p ***",
        "sshpass -phunter2 ssh host | sshpass -p*** ssh host",
        "redis-cli -a hunter2 | redis-cli -a ***",
        "curl -u me:hunter2 http://h/ | curl -u *** http://h/",
        "curl -ume:hunter2 http://h/ | curl -u*** http://h/",
        "docker login -u me -p hunter2 | docker login -u me -p ***",
        "env PGPASSWORD=hunter2 psql | env PGPASSWORD=*** psql",
        "env AWS_SECRET_ACCESS_KEY=hunter2 aws | env AWS_SECRET_ACCESS_KEY=*** aws",
        "env FERNET_KEY=hunter2 airflow | env FERNET_KEY=*** airflow",
        "helm --set auth.password=hunter2 x | helm --set auth.password=*** x",
        "docker run -e TOKEN=hunter2 x | docker run -e TOKEN=*** x",
        "psql postgres://me:hunter2@db/x | psql postgres://me:***@db/x",
        "redis-cli -u redis://:hunt@er2@db/1 | redis-cli -u redis://:***@db/1",
        "git clone https://0123456789abcdef0123@h/x | git clone https://***@h/x",
        "run jdbc:x://h/db?user=me&password=hunter2&a=b | run"
            + " jdbc:x://h/db?user=me&password=***&a=b",
        "curl -H Authorization: Bearer hunter2 http://h/ | curl -H Authorization: Bearer ***"
            + " http://h/",
        "curl -H \"Authorization: Bearer hunter2\" http://h/ | curl -H Authorization: ***"
            + " http://h/",
        "curl -HAuthorization:hunter2 | curl -HAuthorization:***",
        "curl -H 'X-Api-Key: hunter2' h | curl -H X-Api-Key: *** h",
        "curl -d {\"password\":\"hunter2\",\"a\":\"b\"} h | curl -d"
            + " {\"password\":\"***\",\"a\":\"b\"} h",
        "sh -c 'mysql -phunter2 < x' | sh -c 'mysql -p*** < x'",
        "sh -c \"PASSWORD='hun ter2' app\" | sh -c PASSWORD=***",
        "app ghp_0123456789abcdefghij | app ***",
        "app eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc | app ***",
        "curl https://hooks.slack.com/services/T0/B0/xyz | curl"
            + " https://hooks.slack.com/services/***",
      })
  void masksWhatLooksLikeASecret(String commandLine, String masked) {
    assertThat(Secrets.mask(commandLine)).isEqualTo(masked).doesNotContain("hunter2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgres: writer process",
        "nginx -g daemon off; -p 8080",
        "app --password-file /etc/app/password",
        "ssh -p 22 git@github.com",
        "java -Xmx1g -jar /srv/app.jar --server.port=8080",
        "docker login --password-stdin",
        "curl http://host:8080/a:b@c",
        "it's an O'Brien",
        "",
      })
  void leavesTheRestAsItIs(String commandLine) {
    assertThat(Secrets.mask(commandLine)).isEqualTo(commandLine);
  }

  @Test
  void masksAWholeArgumentWithBlanksInIt() {
    assertThat(Secrets.mask(List.of("app", "--password", "my hunter2", "--secret=a b", "-v")))
        .containsExactly("app", "--password", "***", "--secret=***", "-v");
  }

  @Test
  void looksIntoTheScriptOfAShell() {
    assertThat(Secrets.mask(List.of("bash", "-c", "exec mysql -phunter2 --host=a")))
        .containsExactly("bash", "-c", "exec mysql -p*** --host=a");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "DB_PASSWORD=hunter2 | DB_PASSWORD=***",
        "FERNET_KEY=hunter2 | FERNET_KEY=***",
        "REDIS_AUTH=hunter2 | REDIS_AUTH=***",
        "RABBITMQ_ERLANG_COOKIE=hunter2 | RABBITMQ_ERLANG_COOKIE=***",
        "MYSQL_PWD=hunter2 | MYSQL_PWD=***",
        "DATABASE_URL=postgres://me:hunter2@db/x | DATABASE_URL=postgres://me:***@db/x",
        "ODBC=Server=db;UID=me;PWD=hunter2 | ODBC=Server=db;UID=me;PWD=***",
        "JAVA_OPTS=-Xmx1g -Ddb.password=hunter2 | JAVA_OPTS=-Xmx1g -Ddb.password=***",
        "SOME_ID=0123456789abcdef0123456789abcdef | SOME_ID=***",
        "SOME_ID=c2VjcmV0IGJ1dCBpbiBiYXNlNjQgdGhpcyB0aW1lMTI= | SOME_ID=***",
        "HOOK=https://h/api/webhooks/12/hunter2 | HOOK=https://h/api/webhooks/***",
      })
  void masksVariablesByNameAndByValue(String variable, String masked) {
    assertThat(Secrets.maskVariable(variable)).isEqualTo(masked).doesNotContain("hunter2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PATH=/usr/local/sbin:/usr/local/bin:/usr/bin",
        "PWD=/srv/app",
        "LANG=C.UTF-8",
        "JAVA_HOME=/usr/lib/jvm/java-17-openjdk-amd64",
        "INVOCATION_ID=0123456789abcdef0123456789abcdef",
        "JOURNAL_STREAM=8:12345",
        "PASSWORD_FILE=/run/secrets/db",
        "HOSTNAME=web-7d4b9c6f5d-x2x8z",
        "EMPTY=",
        "no variable at all",
      })
  void leavesOtherVariablesAsTheyAre(String variable) {
    assertThat(Secrets.maskVariable(variable)).isEqualTo(variable);
  }

  @Test
  void masksAPrivateKeyWholeHoweverManyLinesItHas() {
    String key = "-----BEGIN RSA PRIVATE KEY-----\nMIIE\nhunter2\n-----END RSA PRIVATE KEY-----";

    assertThat(Secrets.maskVariable("TLS_PEM=" + key)).isEqualTo("TLS_PEM=***");
    assertThat(Secrets.mask(List.of("app", "--pem", key, "-v")))
        .containsExactly("app", "--pem", "***", "-v");
    assertThat(Secrets.maskText("before\n" + key + " after\nlast"))
        .isEqualTo("before\n*** after\nlast\n");
    assertThat(Secrets.maskText("-----BEGIN PRIVATE KEY-----\nhunter2\n")).isEqualTo("***\n");
  }

  @Test
  void masksTheLinesOfALogAndKeepsTheirBlanks() {
    String log =
        """
        12:00:01 app[17]:   can't connect with --password hunter2, that's why
        12:00:02 app[17]: password="hun ter2" url=redis://:hunter2@db/1
        \tat org.example.Main(Main.java:17)
        12:00:03 app[17]: Authorization: Bearer hunter2
        """;

    assertThat(Secrets.maskText(log))
        .isEqualTo(
            """
            12:00:01 app[17]:   can't connect with --password *** that's why
            12:00:02 app[17]: password=*** url=redis://:***@db/1
            \tat org.example.Main(Main.java:17)
            12:00:03 app[17]: Authorization: Bearer ***
            """);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "'", "\"", "=", "a=", ":", "://", "://a:", "-p", "eyJ", "a ", "\"'"})
  void aHostileLineCostsLittleTime(String repeated) {
    String line = "x " + repeated.repeat(64 * 1024 / repeated.length());

    String masked = assertTimeoutPreemptively(Duration.ofSeconds(5), () -> Secrets.mask(line));
    String log = assertTimeoutPreemptively(Duration.ofSeconds(5), () -> Secrets.maskText(line));
    String variable =
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> Secrets.maskVariable("A=" + line));

    assertThat(masked).startsWith("x");
    assertThat(log).startsWith("x");
    assertThat(variable).startsWith("A=x");
  }
}
