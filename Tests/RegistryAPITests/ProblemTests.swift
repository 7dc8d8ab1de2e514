import ConfigModel
import RegistryAPI
import Testing

/// Problem documents (RFC 9457).
@Suite struct ProblemTests {
    @Test(arguments: ProblemType.all) func whatIsWrittenIsRead(_ type: ProblemType) {
        let problem = Problem(type, "Do this.").with("current_version", 7).with("pointer", "/a").with(.etag, "\"1.7\"")
        let read = Problem(status: problem.status, body: problem.jsonBytes) { name in
            name == .contentType ? Problem.mediaType : problem.headers[name]
        }
        #expect(read == problem)
        #expect(read.version == 7 && read.pointer == "/a" && read.etag == "\"1.7\"")
        #expect(read.retryAfter == type.retryAfter.map { .seconds($0) })
    }

    @Test func everyTypeHasANameAStatusAndATitle() {
        #expect(Set(ProblemType.all.map(\.name)).count == ProblemType.all.count)
        #expect(ProblemType.all.allSatisfy { (400...599).contains($0.status) && !$0.title.isEmpty })
        #expect(ProblemType.all.allSatisfy { ProblemType(named: $0.name).status == $0.status })
    }

    @Test func aTypeMayBeAURIAndOneOfANewerRegistryIsKeptAsItIs() {
        let uri = Problem(status: 404, document: Self.document(#"{"type":"https://x/problems#unknown"}"#))
        #expect(uri.type == .unknown && uri.detail == nil)
        #expect(Problem(status: 418, document: Self.document(#"{"type":"teapot"}"#)).type == "teapot")
    }

    @Test(arguments: ["<html>", "[]", "", #"{"type":7}"#]) func whatIsNoProblemDocument(_ body: String) {
        let problem = Problem(status: 502, body: Array(body.utf8)) { $0 == .contentType ? "application/json" : nil }
        #expect(problem.type == "about:blank" && problem.status == 502 && problem.detail == nil)
    }

    private static func document(_ text: String) -> JSONObject {
        guard case .object(let object)? = try? JSONValue(parsing: text) else { return JSONObject() }
        return object
    }
}
