import ConfigModel
import Foundation
import TestSupport
import Testing

@testable import configbus

/// Whatever is written on a command line or in a file that it names, reading it ends with a value or with a sentence.
@Suite(.timeLimit(.minutes(60))) struct ArgumentFuzzTests {
    @Test func timeSpans() async {
        await Fuzz.run("time spans", corpus: ["500ms", "30s", "5m", "2h", "10", "1000000000h"], rounds: 20_000) {
            bytes in
            let text = String(decoding: bytes, as: UTF8.self)
            guard let span = TimeSpan(argument: text) else { return }
            #expect(text.wholeMatch(of: #/[0-9]+(ms|s|m|h|d)?/#) != nil, "\(text.debugDescription)")
            #expect(span.duration >= .zero && span.defaultValueDescription == text)
        }
    }

    @Test func contentPaths() async throws {
        let text = #"{"db":{"hosts":["a",{"b":null}],"port":1},"é":{"":[]}}"#
        let object = try Content(parsing: Array(text.utf8)).object
        let corpus = ["db.port", "/db/hosts/0", "/db/hosts/1/b", "é.new.er", "/é//-", "/a~1b/~0", "x.0.-"]
        try await Fuzz.run("content paths", corpus: corpus, rounds: 10_000) { (bytes) throws in
            guard let path = try? ContentPath(String(decoding: bytes, as: UTF8.self)),
                let changed = try? path.set(.string("new"), in: object)
            else { return }
            for change in ContentChange.all(from: object, to: changed) {
                #expect(try ContentPath(change.place).segments == change.path.tokens, "\(path.text.debugDescription)")
            }
            // What '-' appends has another name afterwards.
            guard !path.segments.contains("-") else { return }
            #expect(path.value(in: .object(changed)) == .string("new"), "\(path.text.debugDescription)")
            #expect(path.value(in: .object(try path.unset(in: changed))) != .string("new"))
        }
    }

    @Test func contents() async throws {
        for (notation, text) in [
            (ContentNotation.json, "\u{feff}{\"a\":[1,{\"é\":null}]}"), (.yaml, "\u{feff}a: [1, {é: ~}]\nb: |\n  c\n"),
            (.toml, "\u{feff}a = [1, {é = 1e3}]\n[b]\nc = 2026-01-05\n"),
        ] {
            try await Fuzz.run("contents \(notation)", corpus: [text, "[]", "1"], rounds: 2_000) { (bytes) throws in
                do {
                    let content = try notation.content(bytes, name: "document.\(notation)")
                    #expect(try Content(parsing: content.bytes) == content)
                } catch let error as CommandFailure {
                    #expect(error.description.hasPrefix("document.\(notation): "))
                }
            }
        }
    }

    @Test(arguments: ["json", "yaml", "toml"])
    func theFileOfServeConfig(ending: String) async throws {
        let settings = [
            "json": #"{"port":0,"host":"::1","data-dir":"a","mongodb-uri":"mongodb://u:p@h/d","inline-limit":"65536"}"#,
            "yaml": "port: 0x10\nhost: localhost\namqp-uri: amqp://h/%2F\nlog-level: debug\n",
            "toml": "port = 8_000\nexchange = 'e'\nsigning-key = \"k\\u0001\"\nmax-content-bytes = 2\n",
        ]
        try await TemporaryDirectory.with { directory in
            let path = "\(directory.path)/settings.\(ending)"
            try await Fuzz.run("settings \(ending)", corpus: [settings[ending] ?? ""], rounds: 1_000) {
                (bytes) throws in
                try Data(bytes).write(to: URL(fileURLWithPath: path))
                do {
                    let settings = try ServeSettings(flags: [:], file: path)
                    let texts = [settings.host, settings.dataDirectory, settings.mongodbURI ?? "", settings.exchange]
                    #expect(texts.allSatisfy { !$0.utf8.contains(0) } && (0...65_535).contains(settings.port))
                } catch let error as CommandFailure {
                    #expect(error.description.contains(path) || error.description.hasPrefix("--"))
                }
            }
        }
    }

    @Test func whatStandsForDocumentsInWatchOut() async throws {
        let key = try DocumentKey(service: "tenants.acme", environment: "prod")
        let corpus = ["conf/{service}-{environment}.json", "{service}{service}", "{{service}}", "plain"]
        await Fuzz.run("file templates", corpus: corpus, rounds: 400) { bytes in
            let text = String(decoding: bytes, as: UTF8.self)
            guard let path = (try? FileTemplate(text, for: [key]))?.path(for: key) else { return }
            #expect(!path.utf8.contains("{service}".utf8) && !path.utf8.contains("{environment}".utf8))
            #expect(text.utf8.contains(UInt8(ascii: "{")) || path == text)
        }
    }
}
