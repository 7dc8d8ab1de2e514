import ConfigAccess
import ConfigModel
import Foundation
import TestSupport
import Testing

/// Identities by the command line, at a registry whose callers need a token.
@Suite(.timeLimit(.minutes(3)), .showsProcesses) struct TokenCommandTests {
    @Test func aTokenIsPrintedAloneAndFactsGoToStandardError() async throws {
        try await withAccess { access in
            let made = try await access.run("token", "create", "ci", "--grant", "publisher:parsing/prod")
            #expect(made.status == .exited(0))
            let text = try #require(TokenText(parsing: made.output.trimmingCharacters(in: .newlines)))
            #expect(made.output == text.secretText + "\n")
            #expect(made.errors.contains(text.id) && made.errors.contains("publisher:parsing/prod"))
            #expect(!made.errors.contains(text.secretText))
            let identity = try await access.run("token", "whoami", "-o", "json", token: text.secretText)
            #expect(try identity.object()["identity"] == .string("ci"))
        }
    }

    @Test func aTokenIsWrittenToANewFileForItsOwnerAndShownNowhere() async throws {
        try await withAccess { access in
            let file = access.bench.path("ci.token")
            let command = ["token", "create", "ci", "--grant", "reader:#/*", "--expires", "never", "--out", file]
            let made = try await access.run(command)
            #expect(made.status == .exited(0) && made.output == "" && made.errors.contains("never ends"))
            let text = try access.bench.token(in: file)
            #expect(try access.bench.permissions(of: file) == 0o600)
            let again = try await access.run(command)
            #expect(again.status == .exited(1) && again.errors.contains("Nothing is overwritten"))
            #expect(try access.bench.token(in: file) == text)
            let nowhere = try await access.run(command.dropLast() + [access.bench.path("no/where")])
            #expect(nowhere.status == .exited(1) && nowhere.errors.contains("Make its folder first"))
            // No token was made for which there is no file.
            #expect(try await access.tokens().count == 2)
            let refused = try await access.run(
                "token", "create", "ci", "--grant", "reader:a/prod", "--out", access.bench.path("other.token"))
            #expect(refused.status == .exited(1) && refused.errors.contains("belongs for ever"))
            #expect(!FileManager.default.fileExists(atPath: access.bench.path("other.token")))
            #expect(!access.bench.transcript.contains(text.secretText))
        }
    }

    @Test func tokensAreListedShownRotatedAndRevoked() async throws {
        try await withAccess { access in
            let made = try await access.run(
                "token", "create", "ci", "--grant", "publisher:#/*", "--right", "on_behalf", "--comment", "for CI",
                "-o",
                "json")
            let first = try #require(TokenText(parsing: try made.object().string("token")))
            let rotated = try await access.run("token", "rotate", first.id, "--grace", "1h")
            let second = try #require(TokenText(parsing: rotated.output.trimmingCharacters(in: .newlines)))
            #expect(rotated.errors.contains(second.id))
            let list = try await access.run("token", "list")
            for word in ["ID", first.id, second.id, "bootstrap", "publisher:#/* on_behalf", "for CI"] {
                #expect(list.output.contains(word))
            }
            let revoked = try await access.run("token", "revoke", first.id, second.id)
            #expect(revoked.lines.count == 2 && revoked.output.contains("is revoked"))
            #expect(try await access.run("token", "revoke", first.id).output.contains("was revoked before"))
            let refused = try await access.run("token", "whoami", token: second.secretText)
            #expect(refused.status == .exited(4) && refused.errors.contains("revoked"))
            #expect(try await access.tokens().count == 1)
            #expect(try await access.run("token", "list", "--all").output.contains("revoked"))
            let shown = try await access.run("token", "show", first.id)
            #expect(shown.output.contains("revoked") && shown.output.contains("by bootstrap"))
            #expect(try await access.run("token", "show", "zzzzzzzzzzzz").status == .exited(1))
            // Each text was printed once, when it was made.
            for text in [first, second] {
                #expect(access.bench.transcript.ranges(of: text.secretText).count == 1)
            }
        }
    }

    @Test func whoseTokenATextIs() async throws {
        try await withAccess { access in
            let made = try await access.run("token", "create", "ci", "--grant", "reader:a/prod")
            let check = try await access.run("token", "check", "-", input: made.output)
            #expect(check.status == .exited(0) && check.output.contains("ci") && !check.output.contains("cbt_"))
            let wrong = try await access.run("token", "check", "-", input: TokenText.random().secretText)
            #expect(wrong.status == .exited(1) && wrong.output == "")
        }
    }

    @Test(arguments: [
        (["create", "ci", "--grant", "writer:#/*"], "role"), (["create", "ci"], "--grant"),
        (["create", "ci", "--grant", "reader:#/*", "--expires", "soon"], "--expires"),
        (["create", "ci", "--grant", "reader:#/*", "--right", "root"], "on_behalf"),
        (["rotate", "abc", "--grace", "500ms"], "--grace"),
        (["revoke", "cbt_abcdefghijkl_secret"], "command line"), (["show", "cbt_abcdefghijkl_secret"], "command line"),
    ])
    func aCommandLineThatIsWrongIsRefused(_ arguments: [String], _ word: String) async throws {
        try await withBench(on: nil) { bench in
            let result = try await bench.configbus(["token"] + arguments)
            #expect(result.status == .exited(2) && result.errors.contains(word), "\(result.errors)")
        }
    }

    @Test(arguments: [
        ("publisher:parsing/default", true), ("admin:#/default", true), ("publisher:parsing/*", false),
        ("reader:parsing/default", false), ("publisher:parsing/prod", false),
    ])
    func aRoleThatWritesWhatLiesUnderAllEnvironmentsIsWarnedOf(_ grant: String, _ isWarned: Bool) async throws {
        try await withAccess { access in
            let made = try await access.run("token", "create", "ci", "--grant", grant)
            #expect(made.status == .exited(0) && made.errors.contains("warning: '\(grant)'") == isWarned)
        }
    }

    @Test func denialsAreAddedListedAndRemoved() async throws {
        try await withAccess { access in
            let added = try await access.run(
                "denial", "add", "--identity", "acme:user", "--until", "30d", "-c", "left", "-o", "json")
            let id = try added.object().string("id")
            #expect(try await access.run("denial", "add", "--jti", "7").output.contains("jti 7 is refused for ever"))
            let list = try await access.run("denial", "list")
            for word in [id, "acme:user", "left", "jti 7"] { #expect(list.output.contains(word)) }
            #expect(try await access.run("denial", "remove", id).status == .exited(0))
            #expect(try await access.run("denial", "remove", id).status == .exited(1))
            let both = try await access.run("denial", "add", "--identity", "a:b", "--jti", "7")
            #expect(both.status == .exited(2))
        }
    }

    @Test func theAccessLogShowsWhatWasDone() async throws {
        try await withAccess { access in
            _ = try await access.run("token", "create", "ci", "--grant", "reader:a/prod")
            let log = try await access.run("audit", "access", "--type", "token-created", "-o", "json")
            #expect(log.output.ranges(of: #""type":"token-created""#).count == 1)
            let table = try await access.run("audit", "access", "--limit", "2")
            #expect(table.lines.count == 3 && table.output.contains("token-created"))
            let reader = try await access.run("token", "create", "r", "--grant", "reader:#/*")
            let refused = try await access.run(
                "audit", "access", token: reader.output.trimmingCharacters(in: .newlines))
            #expect(refused.status == .exited(4) && refused.errors.contains("auditor:#/*"))
        }
    }

    @Test func anIdentityMayOnlyDoWhatItsGrantsSay() async throws {
        try await withAccess { access in
            let made = try await access.run("token", "create", "ci", "--grant", "publisher:parsing/prod")
            let token = made.output.trimmingCharacters(in: .newlines)
            let published = try await access.run(
                "publish", "parsing", "-", "--environment", "prod", "--author", "mallory", "-o", "json",
                token: token, input: #"{"n":1}"#)
            #expect(try published.record().createdBy == "ci")
            let refused = try await access.run(
                "publish", "parsing", "-", "--environment", "dev", token: token, input: #"{"n":1}"#)
            #expect(refused.status == .exited(4) && refused.errors.contains("parsing/dev"))
        }
    }
}

/// A registry whose callers need a token, and an administrator's.
struct AccessBench: Sendable {
    let bench: TestBench
    let registry: RunningRegistry
    private let admin: String

    /// - Parameter arguments: of the registry, beside those that require a credential.
    init(_ bench: TestBench, _ arguments: [String] = []) async throws {
        self.bench = bench
        let file = bench.path("admin.token")
        registry = try await bench.startEmbedded(["--auth", "required", "--bootstrap-file", file] + arguments)
        admin = try bench.token(in: file).secretText
    }

    /// Runs a command with a token, the administrator's unless another is named.
    func run(_ arguments: String..., token: String? = nil, input: String = "") async throws -> CommandResult {
        try await run(arguments, token: token, input: input)
    }

    /// Runs a command with a token, the administrator's unless another is named.
    func run(_ arguments: [String], token: String? = nil, input: String = "") async throws -> CommandResult {
        try await bench.configbus(
            arguments, at: registry, input: input, environment: ["CONFIGBUS_TOKEN": token ?? admin])
    }

    /// The tokens that count.
    func tokens() async throws -> [JSONValue] {
        guard case .array(let tokens) = try await run("token", "list", "-o", "json").json() else { return [] }
        return tokens
    }
}

/// Runs a test with such a registry.
func withAccess(_ body: (AccessBench) async throws -> Void) async throws {
    try await withBench(on: nil) { bench in try await body(AccessBench(bench)) }
}
