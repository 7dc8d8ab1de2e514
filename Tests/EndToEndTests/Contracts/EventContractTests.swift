import ConfigModel
import Foundation
import RegistryAPI
import RegistryClient
import TestSupport
import Testing

extension EndToEnd {
    /// `schemas/asyncapi.yaml` from outside: what a plain consumer gets of every kind of change.
    @Suite(.enabled(if: ContractPrograms.areThere, ContractPrograms.missing))
    struct EventContractTests {
        @Test func everyKindOfChangeIsWhatAPlainConsumerIsPromised() async throws {
            try await withBench { bench in
                let keys = try await bench.keys()
                let registry = try await bench.startRegistry("--signing-key", keys.private)
                let consumer = try bench.start(
                    ContractPrograms.path(of: "python"),
                    [
                        ContractPrograms.file("scripts/lib/consume_events.py"), bench.brokerURI(), bench.exchange, "10",
                        ContractPrograms.file("schemas"),
                    ], environment: ["PYTHONDONTWRITEBYTECODE": "1"])
                _ = try await consumer.output.line(with: "ready")
                try await change(registry, bench)
                let result = try await bench.result(of: consumer)
                #expect(result.status == .exited(0), "\(result.output)\(result.errors)")
                for type in [
                    "ConfigCreated", "ConfigUpdated", "ConfigDeleted", "SchemaCreated", "SchemaUpdated",
                    "SchemaDeleted",
                ] {
                    #expect(result.lines.contains { $0.hasPrefix(type) && $0.hasSuffix(" fits") }, "\(type)")
                }
                let traced = result.lines.filter { $0.contains(" CC,traceparent,tracestate ") }
                #expect(traced.map { $0.prefix { $0 != " " } } == ["ConfigUpdated", "ConfigDeleted", "SchemaDeleted"])
            }
        }

        /// Ten: of every kind, one too large to be sent inline, one rolled back with an override, two of a set; three of them in a trace.
        private func change(_ registry: RunningRegistry, _ bench: TestBench) async throws {
            let trace = ["TRACEPARENT": TraceSamples.valid, "TRACESTATE": "vendor=1"]
            try await registry.publish(#"{"n":1}"#, as: bench.parsing, comment: "Zo\u{E9}")
            let large = String(repeating: "x", count: 100_000)
            try await registry.publish(#"{"n":2,"text":"\#(large)"}"#, as: bench.parsing, overriding: ["blast-radius"])
            try await registry.publish("{}", as: bench.parsing, overriding: ["blast-radius"])
            for arguments in [
                ["rollback", "parsing", "1", "-e", "prod"], ["delete", "parsing", "-e", "prod"],
            ] {
                let result = try await bench.configbus(arguments, at: registry, environment: trace)
                #expect(result.status == .exited(0), "\(result.errors)")
            }
            for schema in [#"{"type":"object"}"#, #"{"type":"object","title":"t"}"#] {
                let put = try await bench.configbus(["schema", "put", "other", "-"], at: registry, input: schema)
                #expect(put.status == .exited(0), "\(put.errors)")
            }
            let ended = try await bench.configbus(["schema", "delete", "other"], at: registry, environment: trace)
            #expect(ended.status == .exited(0), "\(ended.errors)")
            _ = try await registry.client.publish(
                changeSet: ChangeSetPublication([
                    DocumentChange(.publish(.empty), of: try DocumentKey(service: "a")),
                    DocumentChange(.publish(.empty), of: try DocumentKey(service: "b")),
                ]))
        }
    }
}
