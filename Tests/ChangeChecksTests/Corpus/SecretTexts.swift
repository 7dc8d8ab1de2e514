import ConfigAccess
import ConfigModel
import TestSupport
import Testing

/// A text that is a secret wherever it stands. It is put together when the tests run: no file holds what looks like a key.
struct SecretText: Sendable, CustomTestStringConvertible {
    let rule: String
    let title: String
    let text: String
    /// Whether it says only together with its surroundings that it is a secret, so that a key of an object is none.
    var isAssignment = false

    var testDescription: String { "\(rule): \(title)" }
}

extension SecretText {
    static let all = privateKeys + providers + tokens + urls + assignments

    /// Characters that nothing can be read from, the same in each run.
    static func draw(_ count: Int, _ alphabet: String = alphanumeric, seed: UInt64 = 1) -> String {
        var generator = SeededGenerator(seed: seed &+ UInt64(count))
        let alphabet = Array(alphabet)
        // The first three are of each kind, so that no rule depends on luck.
        let start: [Character] = alphabet.count > 60 ? ["k", "7", "Q"] : []
        return String(start + (start.count..<count).map { _ in alphabet.randomElement(using: &generator) ?? "x" })
    }

    static let alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
    static let base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
    static let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    static let dashed = alphanumeric + "-_"

    private static func pem(_ kind: String) -> String {
        "-----BEGIN \(kind)-----\n\(draw(64))\n-----END \(kind)-----\n"
    }

    private static let privateKeys =
        [
            "PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY", "OPENSSH PRIVATE KEY", "ENCRYPTED PRIVATE KEY",
            "DSA PRIVATE KEY",
        ]
        .map { SecretText(rule: "private-key", title: $0, text: pem($0)) } + [
            SecretText(rule: "private-key", title: "PGP", text: pem("PGP PRIVATE KEY" + " BLOCK")),
            SecretText(
                rule: "private-key", title: "in one line",
                text: "key: " + pem("RSA PRIVATE KEY").replacing("\n", with: #"\n"#)),
            SecretText(
                rule: "private-key", title: "age",
                text: "AGE-SECRET-" + "KEY-1" + draw(58, "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L")),
        ]

    private static let providers: [SecretText] =
        [
            SecretText(rule: "aws", title: "long-lived", text: "AK" + "IA" + draw(16, base32)),
            SecretText(rule: "aws", title: "temporary", text: "AS" + "IA" + draw(16, base32)),
            SecretText(
                rule: "aws", title: "in a sentence", text: "use AK" + "IA" + draw(16, base32, seed: 2) + ", it works"),
            SecretText(rule: "aws", title: "in quotes", text: "id='AK" + "IA" + draw(16, base32, seed: 3) + "'"),
            SecretText(rule: "github", title: "fine-grained", text: "github" + "_pat_" + draw(22) + "_" + draw(59)),
            SecretText(
                rule: "github", title: "in a command", text: "curl -u ci:gh" + "p_" + draw(36, seed: 9) + " https://x"),
            SecretText(rule: "gitlab", title: "personal", text: "glp" + "at-" + draw(20, dashed)),
            SecretText(rule: "gitlab", title: "routable", text: "glp" + "at-" + draw(27, dashed) + ".01." + draw(9)),
            SecretText(
                rule: "slack", title: "webhook",
                text: "https://hooks.slack" + ".com/services/T" + draw(8, base32) + "/B" + draw(10, base32) + "/"
                    + draw(24)),
            SecretText(rule: "stripe", title: "secret", text: "sk_" + "live_" + draw(24)),
            SecretText(rule: "stripe", title: "restricted", text: "rk_" + "live_" + draw(99)),
            SecretText(rule: "google", title: "API key", text: "AI" + "za" + draw(35, dashed)),
            SecretText(
                rule: "google", title: "in a query",
                text: "https://maps.example.com/?key=AI" + "za" + draw(35, alphanumeric)),
            SecretText(
                rule: "azure", title: "storage",
                text: "DefaultEndpointsProtocol=https;AccountName=acme;Account" + "Key=" + draw(86, alphanumeric + "+/")
                    + "=="),
            SecretText(rule: "npm", title: "token", text: "np" + "m_" + draw(36)),
            SecretText(rule: "pypi", title: "token", text: "py" + "pi-" + "AgEIcHlwaS5vcmc" + draw(80, dashed)),
            SecretText(rule: "sendgrid", title: "key", text: "S" + "G." + draw(22, dashed) + "." + draw(43, dashed)),
            SecretText(rule: "openai", title: "old", text: "s" + "k-" + draw(48)),
            SecretText(rule: "openai", title: "project", text: "s" + "k-proj-" + draw(120, dashed)),
            SecretText(rule: "openai", title: "service account", text: "s" + "k-svcacct-" + draw(60, dashed)),
            SecretText(rule: "anthropic", title: "key", text: "s" + "k-ant-" + "api03-" + draw(93, dashed) + "AA"),
            SecretText(rule: "vault", title: "service", text: "hv" + "s." + draw(90, dashed)),
            SecretText(rule: "vault", title: "batch", text: "hv" + "b." + draw(140, dashed)),
            SecretText(rule: "huggingface", title: "token", text: "h" + "f_" + draw(34, letters)),
        ]
        + ["p", "o", "u", "s", "r"].map {
            SecretText(rule: "github", title: "gh\($0)", text: "gh\($0)" + "_" + draw(36))
        }
        + ["a", "b", "e", "o", "p", "r", "s"].map {
            SecretText(
                rule: "slack", title: "xox\($0)", text: "xox\($0)" + "-" + draw(11, "0123456789") + "-" + draw(24))
        }

    static func webToken(_ header: String, _ claims: String) -> String {
        [header, claims].map { Self.base64URL(Array($0.utf8)) }.joined(separator: ".") + "." + draw(43, dashed)
    }

    private static func base64URL(_ bytes: [UInt8]) -> String {
        Base64.encode(bytes).replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    private static let tokens: [SecretText] = [
        SecretText(rule: "configbus", title: "token", text: TokenText.random().secretText),
        SecretText(rule: "configbus", title: "in a sentence", text: "the token \(TokenText.random().secretText)."),
        SecretText(
            rule: "jwt", title: "HS256", text: webToken(#"{"alg":"HS256","typ":"JWT"}"#, #"{"sub":"42","exp":1}"#)),
        SecretText(
            rule: "jwt", title: "with blanks",
            text: webToken(#"{ "typ": "JWT", "alg": "RS256" }"#, "{\n \"sub\": \"a\" }")),
        SecretText(rule: "jwt", title: "no claims", text: webToken(#"{"alg":"ES256"}"#, "{}")),
        SecretText(rule: "jwt", title: "in a header", text: "X-Token: " + webToken(#"{"alg":"HS256"}"#, #"{"a":1}"#)),
    ]

    /// The password of a URL; for whom and where decide only whether it is known to everybody.
    private static let urls: [SecretText] =
        [
            ("postgres", "postgres://orders:", "@db:5432/orders"), ("no user", "redis://:", "@redis:6379/0"),
            ("broker", "amqp://app:", "@rabbit:5672/%2f"),
            ("several hosts", "mongodb://app:", "@m1:27017,m2:27017/x?replicaSet=rs0"),
            ("jdbc", "jdbc:postgresql://u:", "@db/orders"),
            ("https", "https://deploy:", "@git.example.com/acme/web.git"),
            ("git", "git+https://bot:", "@git.example.com/x.git#main"),
            ("in a sentence", "connect to mysql://root:", "@db/x please"),
            ("user with a sign", "smtp://me@example.com:", "@mail:25"),
        ].map { SecretText(rule: "url-password", title: $0.0, text: $0.1 + draw(10, seed: 4) + $0.2) } + [
            SecretText(rule: "url-password", title: "a sign in it", text: "ftp://u:" + "pa@ss9" + "@host/x"),
            SecretText(rule: "url-password", title: "a word", text: "postgres://orders:" + "sesame" + "@db/x"),
            SecretText(
                rule: "url-password", title: "same as the user elsewhere",
                text: "postgres://orders:" + "orders" + "@db/x"),
        ]

    private static let assignments: [SecretText] = [
        ("ADO.NET", "Server=db;Database=x;User Id=sa;Password=", ";Encrypt=true"),
        ("short", "Data Source=db;Uid=sa;Pwd=", ""),
        ("blanks", "Server = db; Password = ", "; Pooling = true"),
        ("lower case", "host=db user=app password=", " dbname=x"),
        ("query", "jdbc:mysql://db/x?user=app&password=", "&useSSL=true"),
        ("redis", "redis:6379,password=", ",ssl=True"),
        ("JAAS", "PlainLoginModule required username=\"a\" password=\"", "\";"),
        ("store", "javax.net.ssl.trustStorePassword=", ""),
        ("properties", "user=app\nspring.datasource.password=", "\nport=1"), ("shell", "export DB_PASSWORD='", "'"),
        ("option", "serve --port 80 --password=", " --verbose"), ("option with dashes", "deploy --api-key=", ""),
        ("java", "java -Ddb.password=", " -jar app.jar"), ("service bus", "Endpoint=sb://x/;SharedAccessKey=", "="),
        ("token in a query", "https://example.com/hook?access_token=", "&x=1"),
        ("header", "Authorization: Bearer ", ""),
        ("header in a command", "curl -H 'authorization: Basic ", "' https://x"),
        ("secret in a query", "https://x/?client_secret=", ""),
    ].map { SecretText(rule: "named", title: $0.0, text: $0.1 + draw(14, seed: 5) + $0.2, isAssignment: true) }
}
