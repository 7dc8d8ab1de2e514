import ConfigModel
import TestSupport
import Testing

extension CommandLineTests {
    /// Documents that do not exist, and probably another one was meant.
    @Suite struct MissingDocumentTests {
        static let commands = [
            ["get", "parsing"], ["get", "parsing", "n", "-o", "json"], ["get", "parsing", "--version", "1"],
            ["history", "parsing"], ["history", "parsing", "-o", "json"], ["diff", "parsing"],
            ["diff", "parsing", "1", "2"],
            ["set", "parsing", "n=1"], ["unset", "parsing", "n"], ["rollback", "parsing", "1"],
            ["publish", "parsing", "--update"], ["publish", "parsing", "--expected-version", "1"],
        ]

        @Test(arguments: commands)
        func anUnknownDocumentIsRefusedAndTheEnvironmentsAreNamedThatHaveOne(command: [String]) async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                try await registry.publish("{}", as: bench.parsing)
                let result = try await bench.configbus(command, at: registry, input: "{}")
                #expect(result.status == .exited(1))
                #expect(result.output.isEmpty != command.contains("json"))
                #expect(result.errors == "error: There is no document parsing/default; it exists in: prod.\n")
            }
        }

        @Test(arguments: ["get", "history"])
        func aServiceThatIsNowhereIsRefusedWithHowToLookAndHowToMakeIt(command: String) async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                let result = try await bench.configbus(command, "nothing", at: registry)
                #expect(result.status == .exited(1))
                #expect(
                    result.errors == """
                        error: There is no document nothing/default. 'configbus list' shows what there is, \
                        'configbus publish' makes it.

                        """)
            }
        }
    }
}
