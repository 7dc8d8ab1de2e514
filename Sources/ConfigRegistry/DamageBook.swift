import ConfigModel
import ConfigStore
import Logging
import Synchronization

/// The stored versions that were met and do not hold, until they are whole or gone.
final class DamageBook: Sendable {
    /// So many are kept; more are only counted as more than that.
    static let capacity = 10_000
    /// One whose name or number is damaged cannot be looked up again: it counts until it was not met for so long.
    private static let memory: Duration = .seconds(600)

    fileprivate struct Entry {
        let version: DamagedVersion
        var metAt: ContinuousClock.Instant
    }

    fileprivate struct State {
        var named: [VersionIdentity: Entry] = [:]
        /// By their descriptions: nothing else distinguishes them.
        var unnamed: [String: Entry] = [:]
        var unannounced = 0

        var count: Int { named.count + unnamed.count }
    }

    private let state = Mutex(State())
    private let logger: Logger

    init(logger: Logger) { self.logger = logger }

    /// Remembers versions, and logs each when it is met first.
    func record(_ versions: [DamagedVersion]) {
        guard !versions.isEmpty else { return }
        let now = ContinuousClock.now
        let new = state.withLock { state in versions.filter { state.record($0, at: now) } }
        for version in new {
            logger.error(
                "a stored version is damaged; it is left out everywhere, and everything else goes on",
                metadata: ["version": "\(version)"])
        }
    }

    /// Forgets those that were read and hold, or are gone.
    func settle(_ versions: some Sequence<VersionIdentity>) {
        state.withLock { state in
            guard !state.named.isEmpty else { return }
            for version in versions { state.named[version] = nil }
        }
    }

    /// How many versions count as not announced only because they are damaged, as of the sweeper's last look.
    var unannouncedCount: Int {
        get { state.withLock { $0.unannounced } }
        set { state.withLock { $0.unannounced = newValue } }
    }

    /// Which of some versions are known to be damaged.
    func known(among versions: [VersionIdentity]) -> Set<VersionIdentity> {
        state.withLock { state in
            state.named.isEmpty ? [] : Set(versions.filter { state.named[$0] != nil })
        }
    }

    /// Those that can be looked up again.
    var identities: [VersionIdentity] { state.withLock { Array($0.named.keys) } }

    /// What is known, in key order; those without a name come last.
    var versions: [DamagedVersion] {
        state.withLock { state in
            state.unnamed = state.unnamed.filter { $0.value.metAt + Self.memory > .now }
            let named = state.named.sorted { ($0.key.key, $0.key.version) < ($1.key.key, $1.key.version) }
            return named.map(\.value.version) + state.unnamed.sorted { $0.key < $1.key }.map(\.value.version)
        }
    }
}

extension DamageBook.State {
    /// False when it is known, or there is no room.
    fileprivate mutating func record(_ version: DamagedVersion, at now: ContinuousClock.Instant) -> Bool {
        let entry = DamageBook.Entry(version: version, metAt: now)
        guard let identity = version.identity else {
            guard unnamed[version.description] != nil || count < DamageBook.capacity else { return false }
            return unnamed.updateValue(entry, forKey: version.description) == nil
        }
        guard named[identity] != nil || count < DamageBook.capacity else { return false }
        return named.updateValue(entry, forKey: identity) == nil
    }
}
