import EventBus
import Testing

@testable import RabbitBus

struct ReconnectionTests {
    private func reconnection(_ uri: String, first: Duration, longest: Duration) throws -> Reconnection {
        var options = RabbitBusOptions()
        options.firstPause = first
        options.longestPause = longest
        return Reconnection(
            SessionSettings(
                source: AddressSource(try AMQPAddress(parsing: uri)), exchange: "e", connectionName: "n",
                options: options))
    }

    @Test func pausesAreRandomBelowALimitThatDoubles() throws {
        for failures in 0..<40 {
            var reconnection = try reconnection("amqp://h", first: .milliseconds(100), longest: .seconds(10))
            for _ in 0..<failures { _ = reconnection.failed() }
            let limit = min(10_000, 100 * (1 << min(failures, 20)))
            #expect((.zero ... .milliseconds(limit)).contains(reconnection.failed()))
        }
    }

    @Test func pausesDiffer() throws {
        let pauses = try (0..<20).map { _ in
            var reconnection = try reconnection("amqp://h", first: .seconds(10), longest: .seconds(10))
            return reconnection.failed()
        }
        #expect(Set(pauses).count > 1)
    }

    @Test func connectionThatDoesNotLastCountsAsAFailure() throws {
        var reconnection = try reconnection("amqp://h", first: .nanoseconds(1), longest: .seconds(3_600))
        var longest = Duration.zero
        for _ in 0..<60 {
            reconnection.succeeded()
            longest = max(longest, reconnection.failed())
        }
        #expect(longest > .nanoseconds(1))
    }

    @Test func nodesAreTriedInTurn() throws {
        var reconnection = try reconnection("amqp://a,b,c", first: .zero, longest: .zero)
        let address = try AMQPAddress(parsing: "amqp://a,b,c")
        #expect((0..<5).map { _ in reconnection.nextEndpoint(of: address).host } == ["a", "b", "c", "a", "b"])
        let shorter = try AMQPAddress(parsing: "amqp://d,e")
        #expect((0..<2).map { _ in reconnection.nextEndpoint(of: shorter).host } == ["e", "d"])
    }
}
