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

        @Test(arguments: sources)
        func theEndingOfAFilesNameSaysHowItIsWritten(source: Source) async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                let path = bench.path(source.file)
                try source.text.write(toFile: path, atomically: true, encoding: .utf8)
                let result = try await bench.configbus("publish", "parsing", path, "-o", "json", at: registry)
                #expect(try result.record().content.bytes == Array(Self.document.utf8))
            }
        }

        @Test(arguments: sources)
        func formatSaysHowStandardInputIsWrittenJSONIsTheDefault(source: Source) async throws {
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

        @Test(arguments: [
            ("a: 1\n", true), ("[db]\nport = 1\n", true), ("a = 1\n", true), (#"{"a":}"#, false), ("", false),
        ])
        func textOnStandardInputThatIsNoJSONIsAnsweredWithTheFlagForOtherNotations(text: String, isHinted: Bool)
            async throws
        {
            try await withBench(on: nil) { bench in
                let result = try await bench.configbus(
                    "publish", "parsing", input: text, environment: ["CONFIGBUS_URL": "http://127.0.0.1:9"])
                #expect(result.status == .exited(1) && result.errors.hasPrefix("error: Standard input: "))
                #expect(result.errors.contains("--format yaml") == isHinted)
            }
        }

        @Test(arguments: [
            ("d.json", "\n  [1]", "Line 2, column 3"), ("d.json", "\"a\"", "Line 1, column 1"),
            ("d.yaml", "# comment\n---\n- a\n- b\n", "Line 3, column 1"), ("d.yml", "text", "Line 1, column 1"),
        ])
        func contentWhoseRootIsNoObjectIsRefusedWithItsPlaceAndWhatIsExpected(name: String, text: String, place: String)
            async throws
        {
            try await withBench(on: nil) { bench in
                try text.write(toFile: bench.path(name), atomically: true, encoding: .utf8)
                for command in [["publish", "parsing", bench.path(name)], ["serve", "--config", bench.path(name)]] {
                    let result = try await bench.configbus(
                        command, environment: ["CONFIGBUS_URL": "http://127.0.0.1:9"])
                    #expect(result.status == .exited(1))
                    #expect(
                        result.errors.contains(
                            "\(bench.path(name)): \(place): the content must be a JSON object ({...})"))
                }
            }
        }

        @Test(arguments: ["d.json", "d.YAML", "folder/d.toml"])
        func aFileInThePlaceOfTheServiceIsNotTakenForOne(name: String) async throws {
            try await withBench(on: nil) { bench in
                try FileManager.default.createDirectory(
                    atPath: bench.path("folder"), withIntermediateDirectories: false)
                try "{}".write(toFile: bench.path(name), atomically: true, encoding: .utf8)
                let result = try await bench.shell("cd '\(bench.directory)' && configbus publish \(name)")
                #expect(result.status == .exited(2) && result.errors.contains("configbus publish SERVICE \(name)"))
                // A service may be called like a file.
                let meant = try await bench.shell("cd '\(bench.directory)' && configbus publish \(name) - --url bogus")
                #expect(meant.errors.contains("--url") || name.contains("/"))
            }
        }

        @Test(arguments: [
            ("d.YML", "a: 1\n"), ("d.Yaml", "a: 1\n"), ("d.TOML", "a = 1\n"), ("d.JSON", #"{"a":1}"#),
            ("d", #"{"a":1}"#),
        ])
        func anEndingCountsInAnyCaseAByteOrderMarkIsSkipped(file: String, text: String) async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                for mark in ["", "\u{feff}"] {
                    try (mark + text).write(toFile: bench.path(file), atomically: true, encoding: .utf8)
                    let result = try await bench.configbus(
                        "publish", "s\(mark.utf8.count)", bench.path(file), "-o", "json", at: registry)
                    #expect(try result.record().content.bytes == Array(#"{"a":1}"#.utf8))
                }
            }
        }

        @Test func anotherEndingIsRefusedWithWhatToDoFormatSaysHowTheFileIsWritten() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                let path = bench.path("d.conf")
                try "a: 1\n".write(toFile: path, atomically: true, encoding: .utf8)
                let refused = try await bench.configbus("publish", "parsing", path, at: registry)
                #expect(
                    refused.status == .exited(1) && refused.errors.contains("--format")
                        && refused.errors.contains("d.conf"))
                let stored = try await bench.configbus("publish", "parsing", path, "--format", "YAML", at: registry)
                #expect(stored.status == .exited(0))
            }
        }

        @Test(arguments: [
            ("s.yaml", "port: 0\nhost: [\n", "line 2, column 7"),
            ("s.yaml", "port: 0\nport: 1\n", "line 2, column 1"),
            ("s.toml", "port = 0\n[*]\n", "line 2, column 2"), ("s.json", "{\"port\":0,}", "line 1"),
            ("s.yaml", "port: !env PORT\n", "!env"), ("s.yaml", "prot: 1\n", "prot"),
            ("s.conf", "port: 0\n", "s.conf"),
            ("s.yaml", "port: 0x1_FFFF_FFFF_FFFF_FFFF\n", "36893488147419103231"),
        ])
        func theFileOfServeConfigIsReadAsExactlyAndNamedWhenItIsRefused(file: String, text: String, says: String)
            async throws
        {
            try await withBench { bench in
                try text.write(toFile: bench.path(file), atomically: true, encoding: .utf8)
                let result = try await bench.configbus(
                    "serve", "--config", bench.path(file), "--data-dir", bench.path("data"))
                #expect([.exited(1), .exited(2)].contains(result.status))
                #expect(result.errors.lowercased().contains(says.lowercased()), "\(result.errors)")
            }
        }

        @Test(arguments: [("s.YML", "port: 0 # any\n"), ("s.toml", "port = 0\n")])
        func serveConfigTakesSettingsInEveryNotation(file: String, text: String) async throws {
            try await withBench { bench in
                try text.write(toFile: bench.path(file), atomically: true, encoding: .utf8)
                let arguments = ["serve", "--config", bench.path(file), "--data-dir", bench.path("data")]
                #expect(try await RunningRegistry(bench.start(arguments)).port > 0)
            }
        }

        @Test func yamlThatIsPrintedCanBePublishedAgainWithoutAChange() async throws {
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

        @Test(arguments: [
            ("yaml", "x: 1\na: !secret b\n", "line 2, column 4: the tag !secret"),
            ("yaml", "a: 1\na: 2\n", "line 2"), ("yaml", "a: .nan\n", "line 1"),
            ("yaml", "a: [1\n", "line 1, column 4"),
            ("yaml", "- 1\n", "object"), ("toml", "a = 1\na = 2\n", "line 2"), ("toml", "a = inf\n", "number"),
            ("toml", "a = \n", "line 1"),
        ])
        func whatJSONCannotSayOrAParserWouldLoseIsRefusedWithItsPlace(format: String, text: String, says: String)
            async throws
        {
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
