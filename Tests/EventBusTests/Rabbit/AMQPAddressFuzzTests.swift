import EventBus
import TestSupport
import Testing

@testable import RabbitBus

/// Whatever the URI, reading it ends with an address or with a sentence that quotes none of it.
struct AMQPAddressFuzzTests {
    @Test(.timeLimit(.minutes(60))) func addresses() async {
        let corpus = [
            "amqp://u%40x:p%3A%2F@host:5673/v%2Fh?heartbeat=10&connection_timeout=5000", "amqp://a,b:5673,[::1]:5674/",
            "amqps://user:S3cretWord@broker.example/?cacertfile=/a&certfile=/b&keyfile=/c&verify=verify_none",
            "AMQP://broker",
        ]
        await Fuzz.run("amqp uris", corpus: corpus, rounds: 20_000) { bytes in
            do throws(BusError) {
                let address = try AMQPAddress(parsing: String(decoding: bytes, as: UTF8.self))
                #expect(!address.endpoints.isEmpty && !address.user.isEmpty)
            } catch {
                #expect(error.code == .invalid && !error.message.contains("S3cretWord"), "\(error.message)")
            }
        }
    }
}
