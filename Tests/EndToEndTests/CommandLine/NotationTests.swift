import ConfigModel
import Foundation
import TestSupport
import Testing

extension CommandLineTests {
    /// Documents in JSON, YAML and TOML, from files and from standard input.
    @Suite struct NotationTests {
        /// One document, written in some way.
        struct Source: CustomTestStringConvertible {
            let file: String
            let text: String

            var testDescription: String { file }
        }

        static let document = #"{"db":{"hosts":["a","b"],"port":5432},"on":true,"ratio":0.5,"text":"5432"}"#

        static let sources = [
            Source(file: "document.json", text: document),
            Source(
                file: "document.yaml",
                text: "db:\n  port: 5432\n  hosts: [a, b]\ntext: \"5432\"\nratio: 0.5\n\"on\": true\n"),
            Source(
                file: "document.yml", text: "{db: {port: 5432, hosts: [a, b]}, text: '5432', ratio: 0.5, 'on': true}"),
            Source(
                file: "document.toml",
                text: "text = '5432'\nratio = 0.5\non = true\n[db]\nport = 5432\nhosts = ['a', 'b']\n"),
        ]

        @Test("the ending of a file's name says how it is written", arguments: sources)
        func file(source: Source) async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                let path = bench.path(source.file)
                try source.text.write(toFile: path, atomically: true, encoding: .utf8)
                let result = try await bench.configbus("publish", "parsing", path, "-o", "json", at: registry)
                #expect(try result.record().content.bytes == Array(Self.document.utf8))
            }
        }

        @Test("--format says how standard input is written; JSON is the default", arguments: sources)
        func standardInput(source: Source) async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                let format = source.file.hasSuffix("ml") ? (source.file.hasSuffix("toml") ? "toml" : "yaml") : "json"
                let result = try await bench.configbus(
                    "publish", "parsing", "-", "--format", format, "-o", "json", at: registry, input: source.text)
                #expect(try result.record().content.bytes == Array(Self.document.utf8))
                let defaulted = try await bench.configbus("publish", "parsing", "-", at: registry, input: source.text)
                #expect(defaulted.status == .exited(format == "json" ? 0 : 1))
            }
        }

        @Test("YAML that is printed can be published again without a change")
        func yamlRoundTrip() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                let odd = #"{"a":"true","b":"1.0","c":"","d":null,"e":18446744073709551617,"f":"x: y","g":"~","h":1.0}"#
                try await registry.publish(odd, as: bench.parsing)
                let printed = try await bench.configbus("get", "parsing", "-e", "prod", "-o", "yaml", at: registry)
                let result = try await bench.configbus(
                    "publish", "parsing", "--format", "yaml", "-e", "prod", "-o", "json", at: registry,
                    input: printed.output)
                #expect(try result.record().content.bytes == Array(odd.utf8))
            }
        }

        @Test(
            "what JSON cannot say or a parser would lose is refused with its place",
            arguments: [
                ("yaml", "a: 1\na: 2\n", "a"), ("yaml", "a: .nan\n", "line 1"), ("yaml", "a: [1\n", "yaml"),
                ("yaml", "- 1\n", "object"), ("toml", "a = 1\na = 2\n", "line 2"), ("toml", "a = inf\n", "number"),
                ("toml", "a = \n", "line 1"),
            ])
        func refused(format: String, text: String, says: String) async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                let result = try await bench.configbus(
                    "publish", "parsing", "--format", format, at: registry, input: text)
                #expect(result.status == .exited(1))
                #expect(result.errors.lowercased().contains(says))
            }
        }
    }
}
