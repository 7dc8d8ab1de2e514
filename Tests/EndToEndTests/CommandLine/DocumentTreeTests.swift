import ConfigModel
import Foundation
import RegistryAPI
import TestSupport
import Testing

@testable import configbus

extension CommandLineTests {
    /// The files that 'apply' reads.
    @Suite struct DocumentTreeTests {
        private func withTree(_ files: [String: String], _ body: (String) throws -> Void) async throws {
            try await TemporaryDirectory.with { directory in
                for (path, text) in files {
                    let url = URL(fileURLWithPath: "\(directory.path)/\(path)")
                    try FileManager.default.createDirectory(
                        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
                    try Data(text.utf8).write(to: url)
                }
                try body(directory.path)
            }
        }

        private func faults(of path: String) throws -> [String] {
            do {
                _ = try DocumentTree.read(path)
                return []
            } catch let failure as CommandFailure {
                #expect(failure.exitCode == .refused)
                return failure.details
            }
        }

        @Test func theFolderIsTheEnvironmentAndTheLastEndingTheNotation() async throws {
            let files = [
                "prod/parsing.json": #"{"a": 1.0}"#, "prod/tenants.acme.yml": "a: no\n", "dev/a.json.TOML": "a = 1\n",
                "configbus-export.json": "{}",
            ]
            try await withTree(files) { path in
                let documents = try DocumentTree.read(path).documents
                #expect(documents.map(\.key.description) == ["a.json/dev", "parsing/prod", "tenants.acme/prod"])
                let contents = documents.map { String(decoding: $0.content.bytes, as: UTF8.self) }
                #expect(contents == [#"{"a":1}"#, #"{"a":1.0}"#, #"{"a":"no"}"#])
            }
        }

        @Test func everythingThatIsWrongIsNamedAtOnce() async throws {
            let files = [
                "README.md": "", "a.b/parsing.json": "{}", "prod/parsing.json": "{", "prod/notes.txt": "",
                "prod/noending": "{}", "prod/-x.json": "{}", "prod/twice.json": "{}", "prod/twice.yaml": "{}",
                "prod/deep/parsing.json": "{}", "prod/list.json": "[]", "prod/empty.toml": "", "prod/good.json": "{}",
            ]
            try await withTree(files) { path in
                let faults = try faults(of: path)
                let places = [
                    "a.b/:", "prod/-x.json:", "prod/deep/:", "prod/empty.toml ", "prod/list.json:",
                    "prod/noending:", "prod/notes.txt:", "prod/parsing.json:", "prod/twice.yaml:",
                ]
                #expect(faults.count == places.count)
                for place in places { #expect(faults.contains { $0.hasPrefix(place) }, "\(place) of \(faults)") }
                #expect(faults.contains("prod/twice.yaml: twice/prod is in prod/twice.json too."))
            }
        }

        @Test func symbolicLinksAndWhatIsNoFileAreNeverFollowed() async throws {
            try await withTree(["prod/good.json": "{}", "elsewhere/x.json": "{}"]) { path in
                let manager = FileManager.default
                try manager.createSymbolicLink(atPath: "\(path)/prod/link.json", withDestinationPath: "good.json")
                try manager.createSymbolicLink(atPath: "\(path)/dev", withDestinationPath: "prod")
                #expect(mkfifo("\(path)/prod/pipe.json", 0o600) == 0)
                #expect(
                    try faults(of: path) == [
                        "dev: it is a symbolic link, which is not followed.",
                        "prod/link.json: it is a symbolic link, which is not followed.",
                        "prod/pipe.json: it is no regular file.",
                    ])
            }
        }

        @Test(arguments: [
            ("[]", "must be a JSON object"), (#"{"document": []}"#, #""document" is unknown"#),
            (#"{"documents": []}"#, "an array of 1 to 100"), (#"{"documents": {}}"#, "an array of 1 to 100"),
            (#"{"documents": [1], "override": ["secret"]}"#, "secret needs the place"),
        ])
        func aListThatIsNoneIsRefused(text: String, says: String) async throws {
            try await withTree(["list.json": text]) { path in
                let failure = #expect(throws: CommandFailure.self) { try ChangeList.read("\(path)/list.json", nil) }
                #expect(failure?.description.contains(says) == true, "\(failure?.description ?? "")")
            }
        }

        @Test func allFaultsOfAListAreNamedByTheirPlace() async throws {
            let text = """
                documents:
                - {service_name: a, config_data: {}}
                - {service_name: a, config_data: {}}
                - {service_name: c}
                - {service_name: 'a b', delete: true}
                - {service_name: e, delete: false}
                - {service_name: f, confg_data: {}}
                - 7
                """
            try await withTree(["list.yaml": text]) { path in
                let failure = #expect(throws: CommandFailure.self) { try ChangeList.read("\(path)/list.yaml", nil) }
                let details = try #require(failure?.details)
                for index in 1...6 {
                    #expect(details.contains { $0.hasPrefix("/documents/\(index)") }, "\(index) of \(details)")
                }
                #expect(!details.contains { $0.hasPrefix("/documents/0") })
            }
        }

        @Test func aListSaysWhatShallBecomeOfEachDocument() async throws {
            let text = """
                comment: why
                override: [blast-radius]
                documents:
                - {service_name: a, environment: prod, config_data: {x: 1}, expected_version: 3}
                - {service_name: b, restore_version: 2}
                - {service_name: c, delete: true, if_match: '"1.7"'}
                """
            try await withTree(["list.yaml": text]) { path in
                let list = try ChangeList.read("\(path)/list.yaml", nil)
                #expect(list.comment == "why")
                #expect(list.overrides.names == ["blast-radius"])
                #expect(list.changes.map(\.key.description) == ["a/prod", "b/default", "c/default"])
                #expect(list.changes.map(\.expected) == [.version(3), nil, .etag(#""1.7""#)])
            }
        }
    }
}
