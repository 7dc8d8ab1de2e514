import ConfigAccess
package import ConfigModel

extension Registry {
    /// What a scrape of the metrics looks up in memory.
    package struct Levels: Sendable, Equatable {
        /// Versions on their way to the bus.
        package let relayQueue: Int
        /// What the heads in memory take, about.
        package let headCacheBytes: Int
        /// How long ago identities were proven last; nil before the first time.
        package let accessAge: Duration?
        /// Tokens by what has become of them.
        package let tokens: [TokenState: Int]
    }

    /// What has become of a token.
    package enum TokenState: String, Sendable, CaseIterable {
        /// It counts.
        case living
        /// Its time is over.
        case expired
        /// It was revoked.
        case revoked
    }

    /// What memory holds at the moment.
    package func levels(at now: Timestamp = Timestamp.now) -> Levels {
        var tokens = Dictionary(uniqueKeysWithValues: TokenState.allCases.map { ($0, 0) })
        for token in access.table.allTokens {
            let state: TokenState =
                token.revokedAt != nil ? .revoked : token.isLiving(at: now) ? .living : .expired
            tokens[state, default: 0] += 1
        }
        return Levels(
            relayQueue: relay.load.count, headCacheBytes: source.cache.bytes, accessAge: access.age, tokens: tokens)
    }
}
