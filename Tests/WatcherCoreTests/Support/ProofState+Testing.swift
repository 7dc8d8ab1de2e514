import ConfigModel
import ConfigSignatures
import TestSupport

@testable import WatcherCore

extension ProofState {
    /// A state for tests, with a jitter that is the same each time.
    static func make(
        _ key: String = "parsing/prod", trusting signer: RecordSigner? = nil, at now: Instant,
        pollInterval: Duration = .seconds(60)
    ) throws -> ProofState {
        ProofState(
            key: try DocumentKey(parsing: key),
            trust: Trust(keys: try signer.map { try TrustedKeys([$0.publicKey]) }),
            schedule: ReadSchedule(interval: pollInterval, jitter: Jitter(seed: 7), now: now))
    }

    /// Lets the registry prove a version, as at a start.
    mutating func prove(_ record: VersionRecord, at now: Instant) {
        let request = resync(at: now).request
        _ = received(
            .version(DocumentVersion(record).asServed),
            to: request ?? ReadRequest(key: key, etag: nil, sentAt: now, needs: ReadNeeds()), at: now)
    }
}

extension ProofState {
    /// How often the registry is read in ten seconds in which a version that does not exist is claimed every three milliseconds.
    mutating func readsOfFlood(
        from now: Instant, _ claim: (inout ProofState, Instant) -> [ProofFinding]
    ) -> Int {
        var reads = 0
        for millisecond in 0..<10_000 {
            let moment = now + .milliseconds(millisecond)
            var actions = millisecond.isMultiple(of: 3) ? claim(&self, moment) : tick(at: moment)
            while let request = actions.request {
                if request.minimumVersion != nil {
                    actions = received(.behind(reason: "no"), to: request, at: moment)
                } else {
                    reads += 1
                    actions = received(.notModified(), to: request, at: moment)
                }
            }
        }
        return reads
    }
}

extension ReadRequest {
    static func plain(at now: Instant, key: String = "parsing/prod") throws -> ReadRequest {
        ReadRequest(key: try DocumentKey(parsing: key), etag: nil, sentAt: now, needs: ReadNeeds())
    }
}

extension [ProofFinding] {
    /// The read that is to be sent.
    var request: ReadRequest? {
        for case .read(let request) in self { return request }
        return nil
    }

    /// The number of the version that was proven.
    var provenVersion: Int64? {
        for case .proven(let document) in self { return document.version }
        return nil
    }

    /// Why something was refused, where that is news.
    var refusals: [Refusal] {
        compactMap { action in
            guard case .refused(let refused, isNews: true) = action else { return nil }
            return refused.reason
        }
    }
}
