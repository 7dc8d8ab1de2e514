import ConfigModel
import TestSupport
import Testing

extension CommandLineTests {
    /// diff of two environments.
    @Suite struct ComparisonTests {
        @Test func diffOfTwoEnvironmentsComparesTheirNewestVersionsPlaceByPlace() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                let dev = try DocumentKey(service: "parsing", environment: "dev")
                try await registry.publish(#"{"pool": {"max": 1}}"#, as: dev)
                try await registry.publish(#"{"pool": {"max": 100, "min": 1}, "same": [1]}"#, as: dev)
                try await registry.publish(#"{"pool": {"max": 500}, "same": [1], "new": true}"#, as: bench.parsing)
                let text = try await bench.configbus("diff", "parsing", "-e", "dev", "-e", "prod", at: registry)
                #expect(text.status == .exited(0))
                #expect(
                    text.output == """
                        parsing/dev version 2 -> parsing/prod version 1
                        + new: true
                        ~ pool.max: 100 -> 500
                        - pool.min: 1

                        """)
                let json = try await bench.configbus(
                    "diff", "parsing", "1", "-e", "dev", "-e", "prod", "-o", "json", at: registry
                ).object()
                #expect(json["old_environment"] == .string("dev"))
                #expect(json["new_environment"] == .string("prod"))
                #expect(json["old_version"]?.description == "1")
                #expect(json["added"]?.description == #"{"new":true,"same":[1]}"#)
                #expect(
                    json["patch"]?.description
                        == #"[{"op":"add","path":"/new","value":true},{"op":"replace","path":"/pool/max","value":500},"#
                        + #"{"op":"add","path":"/same","value":[1]}]"#)
            }
        }

        @Test func environmentsWithEqualContentsDoNotDiffer() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                try await registry.publish("{}", as: bench.parsing)
                try await registry.publish("{}", as: DocumentKey(service: "parsing", environment: "dev"))
                let result = try await bench.configbus("diff", "parsing", "-e", "dev", "-e", "prod", at: registry)
                #expect(result.lines.last == "Nothing differs.")
            }
        }

        @Test func anEnvironmentWithoutTheDocumentIsNamedAndSoAreThoseThatHaveIt() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                try await registry.publish("{}", as: bench.parsing)
                let result = try await bench.configbus("diff", "parsing", "-e", "prod", "-e", "dev", at: registry)
                #expect(result.status == .exited(1))
                #expect(result.errors == "error: There is no document parsing/dev; it exists in: prod.\n")
            }
        }
    }
}
