package import ConfigModel
package import RegistryAPI
package import RegistryClient

/// What a source uses of the registry.
package protocol RegistryReading: Sendable {
    /// Whether what comes from it proves that a version is the newest.
    var provesFreshness: Bool { get }

    /// The newest versions of some documents, for each request in its place, or that it is still the version that the
    /// caller has.
    ///
    /// - Parameter isFresh: as the registry's store has it after the request came in.
    func readHeads(
        _ requests: [DocumentRequest], isFresh: Bool
    ) async throws(RegistryClientError) -> [RegistryClient.HeadResult]

    /// The same, with the change sets that versions were published with.
    func readRecords(
        _ requests: [DocumentRequest], isFresh: Bool
    ) async throws(RegistryClientError) -> [RegistryClient.HeadResult]

    /// The documents that there are below a prefix, deleted ones not.
    func documents(below prefix: DocumentPrefix) async throws(RegistryClientError) -> [DocumentKey]

    /// The environments in which a service has a document, deleted ones not.
    func environments(holding service: String) async throws(RegistryClientError) -> [String]

    /// Follows documents on the registry's stream until the connection is lost, the task is cancelled or `handle` throws.
    func watch(
        _ selection: WatchSelection, known: [DocumentKey: Int64], _ handle: (WatchMessage) throws -> Void
    ) async throws
}

extension RegistryReading {
    /// True for what is no connection that others could get hold of.
    package var provesFreshness: Bool { true }

    /// None that are known.
    package func environments(holding service: String) async throws(RegistryClientError) -> [String] { [] }

    /// What `readHeads` returns.
    package func readRecords(
        _ requests: [DocumentRequest], isFresh: Bool
    ) async throws(RegistryClientError) -> [RegistryClient.HeadResult] {
        try await readHeads(requests, isFresh: isFresh)
    }
}

extension RegistryClient: RegistryReading {
    /// A single one is a `GET`, which a registry that is behind answers a little later, and which caches understand.
    package func readHeads(
        _ requests: [DocumentRequest], isFresh: Bool
    ) async throws(RegistryClientError) -> [HeadResult] {
        guard requests.count == 1 else { return try await heads(of: requests, isFresh: isFresh) }
        let request = requests[0]
        let head = try await head(
            of: request.key, ifNoneMatch: request.ifNoneMatch, minimumVersion: request.minimumVersion,
            epoch: request.epoch, isFresh: isFresh)
        return [.success(head)]
    }

    /// Whole records, however few: the response to a `GET` has no place for the members of a set.
    package func readRecords(
        _ requests: [DocumentRequest], isFresh: Bool
    ) async throws(RegistryClientError) -> [HeadResult] { try await heads(of: requests, isFresh: isFresh) }

    package func documents(below prefix: DocumentPrefix) async throws(RegistryClientError) -> [DocumentKey] {
        var list = ListRequest(prefix: prefix.service, environment: prefix.environment, limit: APILimits.list)
        var documents: [DocumentKey] = []
        repeat {
            let page = try await headSummaries(list)
            documents += page.elements.lazy.map(\.key).filter(prefix.includes)
            list.cursor = page.next
        } while list.cursor != nil
        return documents
    }

    package func environments(holding service: String) async throws(RegistryClientError) -> [String] {
        try await headSummaries(ListRequest(service: service)).elements.map(\.key.environment)
    }

    package func watch(
        _ selection: WatchSelection, known: [DocumentKey: Int64], _ handle: (WatchMessage) throws -> Void
    ) async throws {
        try await withWatch(selection, known: known) { messages in
            for try await message in messages { try handle(message) }
        }
    }
}
