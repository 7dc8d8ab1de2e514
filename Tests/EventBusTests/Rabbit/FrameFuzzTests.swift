import CRabbitMQ
import EventBus
import Glibc
import TestSupport
import Testing

@testable import RabbitBus

/// Whatever comes from the address of a broker, reading it ends with events or with an error.
@Suite(.timeLimit(.minutes(60))) struct FrameFuzzTests {
    private static func frame(_ kind: UInt8, _ payload: [UInt8], channel: UInt8 = 1) -> [UInt8] {
        [kind, 0, channel] + AMQPBytes.integer(payload.count, 4) + payload + [206]
    }

    private static func method(_ group: UInt8, _ number: UInt8, _ arguments: [UInt8], channel: UInt8 = 1) -> [UInt8] {
        frame(1, [0, group, 0, number] + arguments, channel: channel)
    }

    private static let delivery = method(
        60, 60,
        AMQPBytes.short("tag") + AMQPBytes.integer(7, 8) + [0] + AMQPBytes.short("config.changes")
            + AMQPBytes.short("config.updated.prod.parsing"))

    /// The header of a message whose body has so many bytes, with headers, message and user.
    private static func header(_ size: Int, _ table: [UInt8]) -> [UInt8] {
        let properties =
            AMQPBytes.integer(1 << 13 | 1 << 7 | 1 << 4, 2) + AMQPBytes.long(table) + AMQPBytes.short("message")
            + AMQPBytes.short("registry")
        return frame(2, AMQPBytes.integer(60, 2) + [0, 0] + AMQPBytes.integer(size, 8) + properties)
    }

    private static let corpus: [[UInt8]] = [
        delivery + header(5, AMQPBytes.everyKindOfMember) + frame(3, Array("{\"a\":".utf8)),
        delivery + header(4, AMQPBytes.nestedTables(depth: 8)) + frame(3, [1, 2]) + frame(3, [3, 4]),
        delivery + header(0, AMQPBytes.short("k") + AMQPBytes.nestedArrays(depth: 8)) + delivery + header(900, []),
        method(60, 80, AMQPBytes.integer(3, 8) + [1]) + method(60, 120, AMQPBytes.integer(4, 8) + [0]),
        method(60, 30, AMQPBytes.short("tag") + [1]),
        method(10, 60, AMQPBytes.short("low on memory"), channel: 0) + method(10, 61, [], channel: 0),
        method(10, 50, AMQPBytes.integer(320, 2) + AMQPBytes.short("CONNECTION_FORCED") + [0, 0, 0, 0], channel: 0),
        method(20, 40, AMQPBytes.integer(404, 2) + AMQPBytes.short("NOT_FOUND") + [0, 60, 0, 40]),
        frame(8, [], channel: 0), Array("AMQP".utf8) + [0, 0, 9, 1],
    ]

    @Test func frames() async throws {
        try await Fuzz.run("AMQP frames", corpus: Self.corpus, rounds: 4_000) { (bytes) throws in
            try Self.read(bytes)
            // The same with sizes that fit, so that what lies in the frames is read.
            try Self.read(Self.delivery + Self.frame(2, bytes) + Self.frame(3, bytes))
            try Self.read(Self.frame(1, bytes))
        }
    }

    /// Reads all events of a connection on which a broker that is gone left these bytes.
    private static func read(_ bytes: [UInt8]) throws {
        var descriptors: [Int32] = [0, 0]
        #expect(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &descriptors) == 0)
        let address = try AMQPAddress(parsing: "amqp://localhost")
        var options = RabbitBusOptions()
        options.bodyLimit = 256
        let settings = SessionSettings(
            source: AddressSource(address), exchange: "config.changes", connectionName: "fuzz", options: options)
        let connection = try AMQPConnection(
            settings: settings, endpoint: try #require(address.endpoints.first), watchdog: CallWatchdog())
        amqp_tcp_socket_set_sockfd(amqp_tcp_socket_new(connection.handle), descriptors[0])
        _ = bytes.withUnsafeBytes { send(descriptors[1], $0.baseAddress, min($0.count, 65_536), Int32(MSG_NOSIGNAL)) }
        close(descriptors[1])
        var events = 0
        do throws(BusError) {
            while let event = try connection.nextEvent() {
                if case .delivery(let delivery) = event { #expect(delivery.body.count <= 65_536) }
                events += 1
            }
        } catch {
            #expect(!error.message.isEmpty)
        }
        #expect(events <= bytes.count)
    }
}
