package import ConfigModel

/// `GET` of a document.
package struct GetRequest: Sendable, Equatable {
    /// Which version is wanted.
    package enum Kind: Sendable, Equatable {
        /// The newest, perhaps not before it reaches a version or changes.
        case newest(Minimum, wait: Duration?)
        /// One version.
        case version(Int64)
        /// The newest of the environment over that of the default one.
        case overlay(Minimum)
    }

    /// What the newest version must be at least.
    package struct Minimum: Sendable, Equatable {
        /// Nothing older; nil for any.
        package var version: Int64?
        /// The epoch in which the caller knows versions.
        package var epoch: Epoch?

        /// Any version by default.
        package init(version: Int64? = nil, epoch: Epoch? = nil) {
            self.version = version
            self.epoch = epoch
        }
    }

    /// Which document.
    package let key: DocumentKey
    /// Which version of it.
    package let kind: Kind
    /// The version that the caller has.
    package let condition: ReadCondition
    /// As the registry's store has it after the request came in; what it remembers may be a second old.
    package let isFresh: Bool

    /// Puts a request together.
    package init(
        _ key: DocumentKey, _ kind: Kind = .newest(Minimum(), wait: nil), condition: ReadCondition = ReadCondition(),
        isFresh: Bool = false
    ) {
        self.key = key
        self.kind = kind
        self.condition = condition
        self.isFresh = isFresh
    }
}

extension GetRequest {
    /// The parameters of this call.
    package static let parameters = [
        QueryName.environment, QueryName.version, QueryName.minimumVersion, QueryName.epoch, QueryName.wait,
        QueryName.overlay,
    ]

    /// Reads a request.
    ///
    /// - Parameters:
    ///   - service: as the path has it, percent-encoded.
    ///   - query: what follows the question mark; nil when there is none.
    ///   - ifNoneMatch: the header.
    ///   - cacheControl: the header.
    package init(
        service: Substring, query: String?, ifNoneMatch: String? = nil, cacheControl: String? = nil
    ) throws(Problem) {
        let query = try QueryParameters(query, known: Self.parameters)
        key = try DocumentKey(encodedService: service, query)
        condition = try ReadCondition(ifNoneMatch: ifNoneMatch)
        kind = try Self.kind(query)
        isFresh = CachePreference.refusesMemory(cacheControl)
    }

    private static func kind(_ query: QueryParameters) throws(Problem) -> Kind {
        if let version = try query.integer(QueryName.version, in: 1...(.max)) {
            for name in [QueryName.minimumVersion, QueryName.epoch, QueryName.wait, QueryName.overlay]
            where query[name] != nil {
                throw QueryParameters.invalid(
                    name, "cannot be combined with version, which names one that never changes.")
            }
            return .version(version)
        }
        let minimum = Minimum(
            version: try query.integer(QueryName.minimumVersion, in: 1...(.max)),
            epoch: try query.epoch(QueryName.epoch))
        let wait = try query.duration(QueryName.wait, atMost: APILimits.wait)
        guard try query.flag(QueryName.overlay) else { return .newest(minimum, wait: wait) }
        if wait != nil {
            throw QueryParameters.invalid(QueryName.wait, "cannot be combined with overlay; watch both documents.")
        }
        return .overlay(minimum)
    }

    /// The request as HTTP has it.
    package var request: RegistryRequest {
        var request = RegistryRequest(
            path: APIPath.document(key), query: [(QueryName.environment, key.environment)],
            headers: [
                (.ifNoneMatch, condition.header), (.cacheControl, isFresh ? CachePreference.noCache : nil),
            ])
        switch kind {
        case .newest(let minimum, let wait):
            request.query += minimum.parameters
            if let wait {
                let (seconds, attoseconds) = wait.components
                request.query.append((QueryName.wait, "\(seconds * 1_000 + attoseconds / 1_000_000_000_000_000)ms"))
                request.wait = wait
            }
        case .version(let version):
            request.query.append((QueryName.version, String(version)))
        case .overlay(let minimum):
            request.query += minimum.parameters + [(QueryName.overlay, "true")]
        }
        return request
    }
}

extension GetRequest.Minimum {
    fileprivate var parameters: [(name: String, value: String?)] {
        [
            (QueryName.minimumVersion, version.map { String($0) }), (QueryName.epoch, epoch?.description),
        ]
    }
}
