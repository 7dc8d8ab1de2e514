import AsyncSupport
package import ConfigModel
package import ConfigStore
import Synchronization

extension MongoStore {
    package func append(_ set: [VersionRecord]) async throws(StoreError) -> SetAppendOutcome {
        guard !set.isEmpty else { return .stored }
        let beganAt = ContinuousClock.now
        let deadline = beganAt + resolutionTimeout
        try await makeReadyForSets()
        var backoff = Backoff(from: .milliseconds(4), upTo: .milliseconds(200))
        while true {
            let attempt = try await workers.run { client throws(MongoFailure) in
                // What is in the way for so long may be what a dead registry left.
                if ContinuousClock.now > beganAt + .seconds(1) { client.endAbandonedTransactions() }
                return try client.attempt(set, until: deadline)
            }
            switch attempt {
            case .outcome(let outcome): return outcome
            case .again(let failure):
                let pause = backoff.next()
                guard ContinuousClock.now + pause < deadline else { throw workers.storeError(failure) }
                do { try await Task.sleep(for: pause) } catch { throw workers.storeError(failure) }
            }
        }
    }

    package func versions(ofChangeSet id: String) async throws(StoreError) -> VersionPage {
        try await workers.run { client throws(MongoFailure) in try client.versions(ofChangeSet: id) }
    }

    /// Before the first change set of this process.
    private func makeReadyForSets() async throws(StoreError) {
        guard !isReadyForSets.withLock({ $0 }) else { return }
        let isReady = try await workers.run { client throws(MongoFailure) in
            guard try client.hasTransactions() else { return false }
            try client.raiseFormat(to: MongoClient.changeSetFormat)
            return true
        }
        guard isReady else {
            throw .unsupported(
                "this MongoDB is a stand-alone server, which has no transactions. Make it a replica set, be it of one member, "
                    + "or publish the documents one by one.")
        }
        isReadyForSets.withLock { $0 = true }
    }
}
