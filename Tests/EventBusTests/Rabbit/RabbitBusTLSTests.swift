import EventBus
import Glibc
import RabbitBus
import TestSupport
import Testing

/// The bus over TLS, on a broker whose certificate is signed by an authority that the system does not trust:
/// `CONFIGBUS_TEST_AMQPS_URI` is `amqps://user:password@name:port/?cacertfile=FILE`, and `CONFIGBUS_TEST_TLS_DIR` has a
/// `client.pem` and `client.key` that the broker knows as `configbus-client`; `scripts/services` makes them.
@Suite(
    .enabled(if: amqpsURI != nil, "CONFIGBUS_TEST_AMQPS_URI is not set: run scripts/test"),
    .timeLimit(.minutes(1)))
struct RabbitBusTLSTests {
    // One exchange without bindings stays on the broker.
    private let exchange = "configbus.test.tls"

    @Test func messagesGoThroughTLS() async throws {
        let bus = try RabbitBus(
            uri: try #require(amqpsURI), exchange: exchange, name: "configbus tests", options: RabbitBusOptions())
        try await bus.running {
            try await bus.withSubscription(BusSubscription(patterns: ["config.#"])) { signals in
                let reader = SignalReader(signals)
                try await reader.subscribed()
                for size in [0, 10, 131_064, 1 << 20] {
                    let body = (0..<size).map { UInt8(truncatingIfNeeded: $0) }
                    try await bus.publish(
                        BusMessage(
                            routingKey: "config.x", copyTo: [], messageID: "1", type: "", timestamp: 0, body: body))
                    let delivery = try await reader.delivery()
                    delivery.acknowledge()
                    #expect(delivery.body == body)
                }
            }
        }
    }

    @Test(
        .enabled(if: directory != nil, "CONFIGBUS_TEST_TLS_DIR is not set: run scripts/test"),
        arguments: [("", nil), ("configbus-client@", "configbus-client")] as [(String, String?)])
    func aCertificateLogsInWithTheNameThatTheBrokerKnowsItByOrWithoutOne(_ login: String, _ user: String?) async throws
    {
        let directory = try #require(directory)
        let uri = try #require(amqpsURI)
        let address = uri.split(separator: "@").last ?? ""
        let bus = try RabbitBus(
            uri: "amqps://\(login)\(address)&auth_mechanism=external&certfile=\(directory)/client.pem"
                + "&keyfile=\(directory)/client.key",
            exchange: exchange, name: "configbus tests", options: RabbitBusOptions())
        try await bus.running {
            try await bus.withSubscription(BusSubscription(patterns: ["config.external"])) { signals in
                let reader = SignalReader(signals)
                try await reader.subscribed()
                try await bus.publish(
                    BusMessage(
                        routingKey: "config.external", copyTo: [], messageID: "1", type: "", timestamp: 0, body: [1]))
                let delivery = try await reader.delivery()
                delivery.acknowledge()
                #expect(delivery.userID == user)
            }
        }
    }

    @Test func authorityThatIsNotNamedIsNotTrusted() async throws {
        let uri = String(try #require(amqpsURI).prefix { $0 != "?" })
        let bus = try RabbitBus(uri: uri, exchange: exchange, name: "configbus tests", options: RabbitBusOptions())
        try await bus.withSubscription(BusSubscription(patterns: ["#"])) { signals in
            guard case .interrupted(let error) = try await SignalReader(signals).next() else {
                Issue.record("the certificate was trusted")
                return
            }
            #expect(error.message.contains("verification failed"))
        }
    }
}

private let directory = getenv("CONFIGBUS_TEST_TLS_DIR").map { String(cString: $0) }
private let amqpsURI = getenv("CONFIGBUS_TEST_AMQPS_URI").map { String(cString: $0) }
