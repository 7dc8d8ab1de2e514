import ConfigModel
import Foundation
import TestSupport
import Testing

@testable import configbus

extension CommandLineTests {
    /// Names that do not exist: variables, settings, and what was probably meant.
    @Suite struct NameTests {
        @Test(arguments: [
            ("publsh", "publish"), ("pubilsh", "publish"), ("HISTORY", "history"), ("hist", "history"),
            ("delte", "delete"),
            ("wacth", "watch"), ("configure", nil), ("x", nil), ("", nil),
        ])
        func theNearestNameIsFoundForATypingMistakeAndNoneForAnotherWord(typed: String, meant: String?) {
            #expect(NearestName.nearest(to: typed, among: ["publish", "history", "delete", "watch", "get"]) == meant)
        }

        @Test(.timeLimit(.minutes(3)))
        func aCONFIGBUSVariableThatNothingReadsIsNamedWithTheNearestOne() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                let result = try await bench.configbus(
                    "list", at: registry, environment: ["CONFIGBUS_URLL": "x", "CONFIGBUS_AUTOPILOT": "on"])
                #expect(result.status == .exited(0))
                #expect(
                    result.errors == """
                        warning: nothing reads CONFIGBUS_AUTOPILOT.
                        warning: nothing reads CONFIGBUS_URLL. Did you mean 'CONFIGBUS_URL'?

                        """)
            }
        }

        @Test func settingsFactsForCommandsAndWhatKubernetesSetsAreNoMistakes() {
            let names = [
                "URL", "ENVIRONMENT", "AMQP_URI", "DATA_DIR", "LOG_LEVEL", "VERSION", "SERVICE_HOST", "PORT_80_TCP",
            ]
            let variables = names.map { ("CONFIGBUS_" + $0, "x") } + [("PATH", "x"), ("CONFIGBUS_EMPTY", "")]
            #expect(UnreadVariables.unread(Dictionary(uniqueKeysWithValues: variables)) == [])
        }

        @Test(arguments: ["json", "yaml", "toml"])
        func anUnknownSettingInTheFileIsRefusedWithTheNearestOne(notation: String) async throws {
            try await withBench { bench in
                let path = bench.path("settings.\(notation)")
                let text = ["json": #"{"prot": 1}"#, "yaml": "prot: 1\n", "toml": "prot = 1\n"][notation] ?? ""
                try text.write(toFile: path, atomically: true, encoding: .utf8)
                let result = try await bench.configbus("serve", "--config", path)
                #expect(result.status == .exited(2))
                #expect(result.errors.contains("\(path): there is no setting 'prot'. Did you mean 'port'?"))
            }
        }
    }
}
