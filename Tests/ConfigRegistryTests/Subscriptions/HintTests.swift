import ConfigModel
import ConfigStore
import EventBus
import TestSupport
import Testing

@testable import ConfigRegistry

/// A client that may publish on the exchange can send any event any number of times. What it says counts for nothing, and does
/// not decide how often the store is read.
@Suite("Events that are not true", .timeLimit(.minutes(1)))
struct HintTests {
    enum Lie: CaseIterable {
        /// A version that the document does not have.
        case version
        /// A version of another store.
        case epoch
        /// A newer epoch of this store.
        case newerEpoch
    }

    let fixture = Fixture(Self.readOnlyForEvents)

    /// The pauses between reads outlast the test, so that what is read in one of them can be counted.
    let pausing = Fixture { options in
        Self.readOnlyForEvents(&options)
        options.headLifetime = .seconds(3_600)
        options.epochReadPause = .seconds(3_600)
        options.wrongHintPause = .seconds(3_600)
    }

    /// Nothing but events makes the registry read.
    private static func readOnlyForEvents(_ options: inout RegistryOptions) {
        options.epochPeriod = .seconds(3_600)
        options.resyncPeriod = .seconds(3_600)
        options.sweepPeriod = .seconds(3_600)
        options.damageCheckPeriod = .seconds(3_600)
    }

    private func event(_ lie: Lie, _ record: VersionRecord) -> BusMessage {
        let epoch =
            switch lie {
            case .version: record.epoch
            case .epoch: InMemoryVersionStore.newEpoch(number: 9)
            case .newerEpoch: Epoch(number: record.epoch.number + 1, identifier: record.epoch.identifier)
            }
        var chain = VersionChain(record.key, epoch: epoch, after: record)
        _ = chain.next()
        let event = ConfigEvent(chain.next(), inlineLimit: 0)
        return BusMessage(
            routingKey: "config.updated", copyTo: [], messageID: event.eventID, type: "ConfigUpdated", timestamp: 0,
            body: event.jsonBytes)
    }

    @Test(arguments: Lie.allCases)
    func costAFewReadsHoweverManyThereAre(_ lie: Lie) async throws {
        let key = try DocumentKey.named("parsing/prod")
        try await pausing.withRunningRegistry { registry in
            let record = try await registry.publish(1, to: key).record
            let message = event(lie, record)
            // The registry listens when the first of them makes it do something.
            try await eventually("an event is read") {
                try await pausing.bus.publish(message)
                return registry.counters.listening.hints + registry.counters.listening.foreignEvents > 0
            }
            let reads = pausing.store.control.reads
            try await eventually("many events are read") {
                for _ in 0..<200 { try await pausing.bus.publish(message) }
                return registry.counters.listening.hints + registry.counters.listening.foreignEvents > 5_000
            }
            // One of the epoch, and one of the document that was under way or asked for when the pause began.
            #expect(pausing.store.control.reads - reads <= 3)
        }
    }

    @Test func holdUpATrueOneOnlyForAMoment() async throws {
        let key = try DocumentKey.named("parsing/prod")
        try await fixture.withRunningRegistry { registry in
            let record = try await registry.publish(1, to: key).record
            try await registry.withWatch(
                WatchFilter(services: [key.service]), on: .immediate, onReady: {}
            ) { watch in
                let lie = event(.version, record)
                let reads = fixture.store.control.reads
                try await eventually("the lie is read") {
                    try await fixture.bus.publish(lie)
                    return registry.counters.listening.hints > 0 && fixture.store.control.reads > reads
                }
                // Only a registry that runs announces what it publishes, and it may be long after the last lie was read.
                try await fixture.withRunningRegistry { other in
                    let published = try await other.publish(2, to: key).record
                    try await eventually("the true version is shown") {
                        while let item = watch.popFirst() {
                            if case .change(let head) = item, head.record == published { return true }
                        }
                        return false
                    }
                }
            }
        }
    }

    @Test func anEpochThatCallersNameCostsOneReadInEachPause() async throws {
        let key = try DocumentKey.named("parsing/prod")
        let registry = try await pausing.registry()
        try await registry.publish(1, to: key)
        let later = Epoch(number: registry.epoch.number + 1, identifier: registry.epoch.identifier)
        let reads = pausing.store.control.reads
        for _ in 0..<500 {
            let options = HeadOptions(minimumVersion: 1, epoch: later)
            await #expect(throws: RegistryError.foreignEpoch(requested: later, current: registry.epoch)) {
                try await registry.head(of: key, options)
            }
        }
        #expect(pausing.store.control.reads - reads == 1)
    }

    @Test func anEpochThatIsThereIsSeenWhenCallersNameIt() async throws {
        let key = try DocumentKey.named("parsing/prod")
        let registry = try await fixture.registry()
        try await registry.publish(1, to: key)
        let next = try await fixture.store.advanceEpoch(reason: "restored").after
        try await eventually("the new epoch is known") {
            try await registry.head(of: key, HeadOptions(minimumVersion: 1, epoch: next)) != nil
        }
    }
}
