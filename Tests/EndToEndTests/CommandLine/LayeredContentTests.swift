import ConfigModel
import TestSupport
import Testing

@testable import configbus

extension CommandLineTests {
    /// get --effective.
    @Suite struct LayeredContentTests {
        private static let base = #"{"db": {"host": "a", "port": 1, "tls": true}, "hosts": ["x"], "level": "info"}"#
        private static let main = #"{"db": {"host": "b", "tls": null, "user": "u"}, "hosts": ["y", "z"], "none": null}"#

        @Test func effectiveIsWhatAReaderWithOverlaySees() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                try await registry.publish(Self.base, as: DocumentKey(service: "parsing"))
                try await registry.publish(Self.main, as: bench.parsing)
                let arguments = ["get", "parsing", "-e", "prod", "--effective"]
                let whole = try await bench.configbus(arguments + ["-o", "json"], at: registry)
                #expect(
                    whole.output
                        == #"{"db":{"host":"b","port":1,"user":"u"},"hosts":["y","z"],"level":"info"}"# + "\n")
                #expect(try await bench.configbus(arguments + ["db.port"], at: registry).output == "1\n")
                let missing = try await bench.configbus(arguments + ["db.tls"], at: registry)
                #expect(missing.status == .exited(1))
            }
        }

        @Test func explainNamesTheLayerOfEveryValueAndWhatItHides() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                try await registry.publish(Self.base, as: DocumentKey(service: "parsing"))
                try await registry.publish(Self.main, as: bench.parsing)
                let arguments = ["get", "parsing", "-e", "prod", "--effective", "--explain"]
                let text = try await bench.configbus(arguments, at: registry)
                #expect(
                    text.output == """
                        parsing/prod version 1, over parsing/default version 1
                        PATH     VALUE      FROM
                        db.host  "b"        prod, "a" in default
                        db.port  1          default
                        db.tls              removed by prod, true in default
                        db.user  "u"        prod
                        hosts    ["y","z"]  prod, ["x"] in default
                        level    "info"     default

                        """)
                let json = try await bench.configbus(arguments + ["db.host", "-o", "json"], at: registry).object()
                #expect(
                    json["values"]?.description
                        == #"[{"environment":"prod","hidden":"a","path":"/db/host","value":"b"}]"#)
                #expect(json["version"]?.description == "1")
                #expect(json["default_version"]?.description == "1")
                let content = #"{"db":{"host":"b","port":1,"user":"u"},"hosts":["y","z"],"level":"info"}"#
                #expect(json["content"]?.description == content)
            }
        }

        @Test func oneLayerIsEnoughAndNoneIsRefused() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                let arguments = ["get", "parsing", "-e", "prod", "--effective", "--explain"]
                let none = try await bench.configbus(arguments, at: registry)
                #expect(none.status == .exited(1))
                #expect(none.errors.contains("There is no document parsing/prod"))
                try await registry.publish(#"{"a": 1, "b": {}}"#, as: DocumentKey(service: "parsing"))
                let below = try await bench.configbus(arguments, at: registry)
                #expect(below.lines.first == "parsing/prod absent, over parsing/default version 1")
                #expect(below.lines.dropFirst(2) == ["a     1      default", "b     {}     default"])
                let alone = try await bench.configbus("get", "parsing", "--effective", "--explain", at: registry)
                #expect(alone.lines.first == "parsing/default version 1")
            }
        }

        @Test(arguments: [
            (base: "{}", main: #"{"a": {"b": null}}"#, places: ["/a prod {}"]),
            (base: #"{"a": 1}"#, main: #"{"a": {"b": {"c": 2, "d": null}}}"#, places: ["/a/b/c prod 2"]),
            (base: #"{"a": {"b": 1}}"#, main: #"{"a": {}}"#, places: ["/a/b default 1"]),
            (base: #"{"a": {}}"#, main: #"{"a": {}}"#, places: ["/a default {}"]),
            (base: #"{"a": {"b": 1}}"#, main: #"{"a": null}"#, places: ["/a prod -"]),
            (base: #"{"a": null}"#, main: "{}", places: ["/a default null"]),
            (base: "{\"\u{e9}\": 1}", main: "{\"e\u{301}\": 2}", places: ["/e\u{301} prod 2", "/\u{e9} default 1"]),
        ])
        func everyValueOfTheMergedDocumentHasOneOrigin(base: String, main: String, places: [String]) throws {
            let (base, main) = (try JSONValue(parsing: base), try JSONValue(parsing: main))
            let origins = ValueOrigin.all(of: main, in: "prod", over: base)
            let found = origins.map { "\($0.path) \($0.environment) \($0.value?.description ?? "-")" }
            #expect(found.map { Array($0.utf8) } == places.map { Array($0.utf8) })
        }
    }
}
