import ConfigModel
import Foundation
import TestSupport
import Testing

extension EndToEnd {
    /// A name of an exchange that is written wrongly: nothing arrives, and everything says so.
    @Suite struct WrongExchangeTests {
        @Test func doctorMakesNoExchangeAndNamesTheOneThatTheRegistryAnnouncesOn() async throws {
            try await withBench { bench in
                let registry = try await bench.startRegistry()
                let uri = try bench.brokerURI()
                let good = try await bench.configbus("doctor", "--amqp-uri", uri, at: registry)
                #expect(good.status == .exited(0), "\(good.output)")
                #expect(good.output.contains("announces on the exchange '\(bench.exchange)'"))
                let wrong = "\(bench.exchange)s"
                for _ in 1...2 {
                    let bad = try await bench.configbus("doctor", "--amqp-uri", uri, "--exchange", wrong, at: registry)
                    #expect(bad.status == .exited(3))
                    #expect(bad.output.contains("FAIL  broker: The exchange '\(wrong)' does not exist"))
                    #expect(bad.output.contains("use --exchange \(bench.exchange)."))
                }
            }
        }

        @Test func aRegistryWithoutABrokerDoctorSaysThatNothingArrivesOnTheOneThatWasNamed() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                let result = try await bench.configbus(
                    "doctor", "--amqp-uri", try bench.brokerURI(), "--exchange", "\(bench.exchange)s", at: registry)
                #expect(result.status == .exited(3))
                #expect(result.output.contains("warn  announced on: The registry names no exchange"))
            }
        }

        @Test func watchAndAuditMakeAnExchangeThatDoesNotExistAndSayThatNothingArrivesUntilARegistryUsesIt()
            async throws
        {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                try await registry.publish(#"{"n":1}"#, as: bench.parsing)
                let place = ["--amqp-uri", try bench.brokerURI(), "--exchange", bench.exchange]
                for command in [
                    ["watch", "parsing", "-e", "prod"],
                    ["audit", "--file", bench.path("audit.jsonl"), "--name", bench.name],
                ] {
                    let process = try bench.start(command + place, environment: ["CONFIGBUS_URL": registry.url])
                    var isSaid = false
                    for await line in process.errors where line.contains("the exchange did not exist and was made") {
                        isSaid = line.contains(bench.exchange)
                        break
                    }
                    #expect(isSaid)
                    process.send(SIGTERM)
                    _ = try await process.waitForExit()
                    try await bench.servers.broker.rawClient().deleteExchange(bench.exchange)
                }
            }
        }
    }
}
