import ConfigModel
import Foundation
import RegistryClient
import TestSupport
import Testing

@testable import configbus

extension CommandLineTests {
    /// import of a list of changes.
    @Suite struct ImportListTests {
        private static let list = """
            documents:
            - {service_name: merged, merge_patch: {a: 2}, expected_version: 1}
            - {service_name: patched, patch: [{op: add, path: /list/-, value: 1}], expected_version: 1}
            - {service_name: gone, delete: true, expected_version: 1}
            - {service_name: free, delete: true}
            - {service_name: whole, config_data: {x: 1}, expected_version: 0}
            """

        /// As after an import that ended behind any number of its changes.
        @Test(arguments: [0, 2, 5])
        func aListThatWasMadeInPartIsFinishedByTheSameCommand(made: Int) async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                for (service, content) in [
                    ("merged", "{}"), ("patched", #"{"list": []}"#), ("gone", "{}"), ("free", "{}"),
                ] {
                    try await registry.publish(content, as: DocumentKey(service: service))
                }
                let folder = try DocumentFolder("config", in: bench)
                let lines = Self.list.split(separator: "\n")
                try folder.write(Self.list, to: "list.yaml")
                try folder.write(lines.prefix(made + 1).joined(separator: "\n"), to: "part.yaml")
                if made > 0 {
                    let part = try await bench.configbus("import", "\(folder.path)/part.yaml", at: registry)
                    #expect(part.status == .exited(0), "\(part.errors)")
                }
                let rest = try await bench.configbus("import", "\(folder.path)/list.yaml", at: registry)
                #expect(rest.status == .exited(0), "\(rest.errors)")
                #expect(rest.lines.count { $0.hasPrefix("= ") } == made, "\(rest.output)")
                let check = try await bench.configbus("import", "\(folder.path)/list.yaml", "--check", at: registry)
                #expect(check.status == .exited(0), "\(check.output)")
                #expect(try await registry.history(of: DocumentKey(service: "patched")).count == 2)
                #expect(
                    Set(try await registry.contentHashes().keys) == [
                        "merged/default", "patched/default", "whole/default",
                    ])
            }
        }

        @Test func aPatchThatNothingProvesIsRefused() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                try await registry.publish(#"{"list": []}"#, as: DocumentKey(service: "a"))
                let folder = try DocumentFolder("config", in: bench)
                let patch = #"{"service_name":"a","patch":[{"op":"add","path":"/list/-","value":1}]}"#
                try folder.write(#"{"documents":[\#(patch)]}"#, to: "list.json")
                let refused = try await bench.configbus("import", "\(folder.path)/list.json", at: registry)
                #expect(refused.status == .exited(1))
                #expect(
                    refused.errors.contains(
                        "  a/default: a JSON patch in a list that is imported needs expected_version"))
                // Another writer's version is no proof.
                try await registry.publish(#"{"list": [7]}"#, as: DocumentKey(service: "a"))
                let expecting = patch.replacing("]}", with: #"],"expected_version":1}"#)
                try folder.write(#"{"documents":[\#(expecting)]}"#, to: "list.json")
                let lost = try await bench.configbus("import", "\(folder.path)/list.json", at: registry)
                #expect(lost.status == .exited(1) && lost.errors.contains("It is at version 2, not at version 1."))
            }
        }

        @Test func moreDocumentsAndBytesThanAChangeSetTakesAreRead() async throws {
            try await withBench(on: nil) { bench in
                let folder = try DocumentFolder("config", in: bench)
                let text = String(repeating: "x", count: 3 << 20)
                let entries = (0..<150).map { number in
                    #"{"service_name":"s\#(number)","config_data":{"t":"\#(number < 3 ? text : "")"}}"#
                }
                try folder.write(#"{"documents":[\#(entries.joined(separator: ","))]}"#, to: "list.json")
                let list = try ChangeList.read("\(folder.path)/list.json", nil, isChangeSet: false)
                #expect(list.changes.count == 150)
                #expect(throws: CommandFailure.self) { try ChangeList.read("\(folder.path)/list.json", nil) }
            }
        }
    }
}
