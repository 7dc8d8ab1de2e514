import ChangeChecks
import ConfigModel
import ConfigRegistry
import HTTPTypes
import TestSupport
import Testing

/// Refuses a version with the comment or the content that says so.
private struct WordCheck: ChangeCheck {
    let word: String

    func report(on change: CheckedChange) async throws(RegistryError) -> CheckReport {
        guard change.draft.comment == "refused" else { return CheckReport() }
        return CheckReport(findings: [
            CheckFinding(
                .secret, rule: word, pointer: "/\(word)", message: "It is \(word).", override: "secret:/\(word)")
        ])
    }
}

@Suite("Checks before a version, over HTTP", .timeLimit(.minutes(1))) struct ChangeCheckTests {
    struct Write: Sendable, CustomTestStringConvertible {
        let method: HTTPRequest.Method
        let path: String
        var body: String?
        var contentType = "application/json"

        var testDescription: String { "\(method) \(path)" }
    }

    static let writes = [
        Write(method: .put, path: "s", body: #"{"config_data":{"n":2},"comment":"refused"}"#),
        Write(
            method: .patch, path: "s?comment=refused", body: #"{"n":2}"#, contentType: "application/merge-patch+json"),
        Write(method: .post, path: "s/rollback", body: #"{"to_version":1,"comment":"refused"}"#),
        Write(method: .delete, path: "s?comment=refused"),
    ]

    @Test(arguments: writes)
    func are422WithTheFindingsOfAllOfThemAndChangeNothing(_ write: Write) async throws {
        let store = InMemoryVersionStore()
        try await TestServer.run(on: store, checks: [WordCheck(word: "odd"), WordCheck(word: "late")]) { client in
            try await client.create("s", #"{"n":1}"#)
            let headers = write.body == nil ? [:] : ["Content-Type": write.contentType]
            let answer = try await client.call(write.method, "/api/configs/\(write.path)", write.body, headers: headers)
            #expect(answer.status == 422 && answer.problem == "checks-failed")
            #expect(answer.detail.contains("/odd: It is odd. There is 1 finding more."))
            #expect(
                answer["findings"]?.description
                    == #"[{"check":"secret","message":"It is odd.","override":"secret:/odd","pointer":"/odd","rule":"odd"},"#
                    + #"{"check":"secret","message":"It is late.","override":"secret:/late","pointer":"/late","#
                    + #""rule":"late"}]"#)
            #expect(try await client.get("/api/configs/s/versions/2").status == 404)
        }
    }
}
