import ChangeChecks
import ConfigModel
import Testing

/// What projects have in their configurations, and is no secret, is neither refused nor warned of.
@Suite struct HarmlessCorpusTests {
    @Test(arguments: HarmlessContents.all) func nothingIsFound(_ text: String) throws {
        let content = try JSONValue(parsing: text)
        let report = SecretCheck.report(content: content, comment: "", author: "", head: nil, notSecret: [])
        #expect(
            report == CheckReport(),
            "\(text)\n\((report.findings + report.warnings).map { "\($0.rule) \($0.pointer)" })")
    }

    /// A document inside of a document: each is checked as it is alone.
    @Test func nothingIsFoundInAllTogether() throws {
        let all = try JSONValue.array(HarmlessContents.all.map { try JSONValue(parsing: $0) })
        #expect(SecretCheck.report(content: all, comment: "", author: "", head: nil, notSecret: []) == CheckReport())
    }

    @Test(arguments: [
        "", "change", "Raise the timeout of orders", "Merge pull request 42 from acme/rotate-tokens",
        "revert: 0f1e2d3c4b5a6978",
        "fix: password reset, see https://tracker.example.com/browse/OPS-1234", "token ttl 15m -> 30m",
        "secret: moved to vault",
        "apply orders.yml\n\npassword is read from ${DB_PASSWORD} now",
        "promoted from parsing/staging version 12 (sha256:e3b0c44298fc1c14)",
        "use postgres://db/orders instead of mysql://db/orders", "key=value, a=b",
        "Authorization: Bearer <token> is sent now",
    ])
    func commentsAreTexts(_ comment: String) {
        let report = SecretCheck.report(
            content: .object(JSONObject()), comment: comment, author: "CN=deploy,O=Acme", head: nil, notSecret: [])
        #expect(report == CheckReport(), "\(report)")
    }

    @Test(arguments: [
        "alice", "alice@example.com", "ci:deploy", "https://id.example.com#0b7f3c0e-6a0f-4c53-9f0e-6a2f5c2c9d11",
        "system:serviceaccount:orders:deployer", "CN=Alice Example,OU=Ops,O=Acme", "token:abcdefghijkl",
        "spiffe://acme/ns/orders/sa/api",
    ])
    func authorsAreNames(_ author: String) {
        let report = SecretCheck.report(
            content: .object(JSONObject()), comment: "", author: author, head: nil, notSecret: [])
        #expect(report == CheckReport(), "\(report)")
    }
}
