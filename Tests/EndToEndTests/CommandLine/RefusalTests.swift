import ConfigModel
import Foundation
import RegistryClient
import TestSupport
import Testing

extension CommandLineTests {
    /// Bad input changes nothing and is answered with a sentence and a code.
    @Suite struct RefusalTests {
        /// A content that is no document.
        struct BadContent: CustomTestStringConvertible {
            let testDescription: String
            let content: String
            let says: [String]

            init(_ description: String, _ content: String, says: String...) {
                testDescription = description
                self.content = content
                self.says = says
            }
        }

        @Test(arguments: [
            BadContent("nothing", "", says: "Line 1, column 1"),
            BadContent("half an object", "{\n  \"a\": 1,", says: "Line 2, column 10"),
            BadContent("a trailing comma", #"{"a": [1,]}"#, says: "Line 1, column 10", "/a/1"),
            BadContent("a key twice", #"{"a": {"b": 1, "\u0062": 2}}"#, says: "\"b\" occurs twice", "/a"),
            BadContent("half a surrogate pair", #"{"a": "\ud83d"}"#, says: "surrogate", "/a"),
            BadContent("a control character", "{\"a\": \"\u{1}\"}", says: "control character", "/a"),
            BadContent("a number that is none", #"{"a": 01}"#, says: "column 7", "/a"),
            BadContent("an array", "[1]", says: "a JSON object", "not an array"),
            BadContent("a string", #""text""#, says: "a JSON object", "not a string"),
            BadContent(
                "too much depth", String(repeating: #"{"a":"#, count: 70) + "1" + String(repeating: "}", count: 70),
                says: "64 levels"),
            BadContent("too many bytes", #"{"a": "\#(String(repeating: "x", count: 1 << 20))"}"#, says: "1048576"),
        ])
        func contentThatIsNoDocumentIsRefusedWithThePlaceOfTheMistake(bad: BadContent) async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                let result = try await bench.configbus(
                    "publish", "parsing", "-e", "prod", at: registry, input: bad.content)
                #expect(result.status == .exited(1))
                #expect(result.output == "")
                #expect(result.errors.hasPrefix("error: "))
                for fragment in bad.says { #expect(result.errors.contains(fragment)) }
                #expect(try await registry.history(of: bench.parsing) == [])
            }
        }

        @Test(arguments: ["serve", "bench"])
        func aPortThatSomebodyListensOnIsRefusedByName(command: String) async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                let result = try await bench.configbus(
                    command, "--port", "\(registry.port)", "--data-dir", bench.path("other"))
                #expect(result.status == .exited(3))
                let sentence = "error: Cannot listen at 127.0.0.1:\(registry.port): Address already in use. "
                #expect(result.errors.hasPrefix(sentence + "Choose another port with --port"))
                #expect(result.errors.split(separator: "\n").count == 1)
                #expect(!FileManager.default.fileExists(atPath: bench.path("other")))
            }
        }

        @Test(arguments: [["publish", "parsing"], ["delete", "parsing"]])
        func aWriteWhoseResponseNeverComesSaysThatItMayHaveBeenMadeAndHowToRepeatIt(command: [String]) async throws {
            try await withBench { bench in
                let server = try ScriptedHTTPServer { $0.method == "GET" ? .problem(404, "unknown") : .silence }
                let result = try await bench.configbus(
                    command + ["--url", server.url, "--timeout", "100ms", "--idempotency-key", "deploy-7"], input: "{}")
                #expect(result.status == .exited(3))
                #expect(
                    result.errors.contains(
                        "The change may have been made: the same command with --idempotency-key deploy-7"))
            }
        }

        @Test func bytesThatAreNoUTF8AreRefused() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                try Data(#"{"a": "x"}"#.utf8.map { $0 == UInt8(ascii: "x") ? 0xff : $0 }).write(
                    to: URL(fileURLWithPath: bench.path("bad.json")))
                let result = try await bench.configbus("publish", "parsing", bench.path("bad.json"), at: registry)
                #expect(result.status == .exited(1))
                #expect(result.errors.contains("UTF-8"))
            }
        }

        /// A command that the state of the documents forbids: `parsing` is at version 2, `gone` was deleted with 2.
        struct Refusal: CustomTestStringConvertible {
            let arguments: [String]
            let says: [String]

            init(_ arguments: String..., says: String...) {
                self.arguments = arguments
                self.says = says
            }

            var testDescription: String { arguments.joined(separator: " ") }
        }

        @Test(arguments: [
            Refusal("publish", "parsing", "--create", says: "parsing/prod", "version 2"),
            Refusal("publish", "nothing", "--update", says: "nothing/prod"),
            Refusal("publish", "parsing", "--expected-version", "1", says: "version 2", "1"),
            Refusal("publish", "nothing", "--expected-version", "1", says: "nothing/prod"),
            Refusal("publish", "gone", "--update", says: "gone/prod", "deleted"),
            Refusal("set", "nothing", "a=1", says: "nothing/prod"),
            Refusal("set", "parsing", "n.deep=1", says: "n.deep"),
            Refusal("unset", "parsing", "missing", says: "missing"),
            Refusal("get", "nothing", says: "nothing/prod"),
            Refusal("get", "gone", says: "gone/prod", "deleted", "rollback"),
            Refusal("get", "parsing", "missing", says: "missing"),
            Refusal("get", "parsing", "--version", "9", says: "9"),
            Refusal("diff", "parsing", "1", "9", says: "9"),
            Refusal("rollback", "parsing", "9", says: "9"),
            Refusal("rollback", "gone", "2", says: "2"),
            Refusal("delete", "parsing", "--expected-version", "1", says: "version 2"),
        ])
        func whatTheDocumentsDoNotAllowIsRefusedWithCode1AndASentenceThatSaysWhatToDo(refusal: Refusal) async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                let gone = try DocumentKey(service: "gone", environment: "prod")
                for number in 1...2 { try await registry.publish(#"{"n": \#(number)}"#, as: bench.parsing) }
                try await registry.publish("{}", as: gone)
                _ = try await registry.client.delete(gone)

                let result = try await bench.configbus(
                    refusal.arguments + ["--environment", "prod"], at: registry, input: "{}")
                #expect(result.status == .exited(1))
                #expect(result.output == "")
                #expect(result.errors.hasPrefix("error: "))
                for fragment in refusal.says { #expect(result.errors.contains(fragment)) }
                #expect(try await registry.history(of: bench.parsing).count == 2)
                #expect(try await registry.history(of: gone).count == 2)
            }
        }
    }
}
