import AsyncSupport
import ConfigModel
import ConfigStore

extension Registry {
    /// The head of one of several documents; nil when it never existed.
    package typealias HeadResult = Result<HeadSnapshot?, RegistryError>

    /// The heads of some documents, in the order of the requests; each is what `head(of:_:)` returns or throws.
    ///
    /// What is not remembered is read from the store together. No caller waits for a minimum version: one that the
    /// store has not reached is `.behind` at once.
    ///
    /// - Throws: when none of them can be answered.
    package func heads(of requests: [HeadRequest]) async throws(RegistryError) -> [HeadResult] {
        do {
            var wanted: [WantedHead] = []
            for request in requests { wanted.append(try await self.wanted(request)) }
            let missing = Set(wanted.filter(\.mustBeRead).map(\.key))
            numbers.count { counters in
                counters.reads.cacheHits += wanted.count { $0.remembered != nil }
                counters.reads.cacheMisses += missing.count
            }
            let read = try await reader.fresh(Array(missing))
            return wanted.map { $0.answer(read: read[$0.key]).map(retrieved) }
        } catch let error as StoreError {
            throw RegistryError(reading: error)
        } catch {
            throw .unavailable("\(error)")
        }
    }

    private func wanted(_ request: HeadRequest) async throws -> WantedHead {
        let (key, options) = (request.key, request.options)
        do {
            let minimum = try await minimumVersion(options) ?? 0
            let remembered = options.isFresh ? nil : reader.cached(key)
            return WantedHead(
                key: key, minimum: .success(minimum),
                remembered: remembered.flatMap { $0.record.version >= minimum ? $0 : nil })
        } catch let error as RegistryError {
            return WantedHead(key: key, minimum: .failure(error), remembered: nil)
        }
    }
}

/// A head on its way to a caller that requested several.
private struct WantedHead {
    let key: DocumentKey
    /// The version that it must have reached, or why there can be none.
    let minimum: Result<Int64, RegistryError>
    let remembered: HeadSnapshot?

    var mustBeRead: Bool {
        if case .failure = minimum { false } else { remembered == nil }
    }

    func answer(read: Result<HeadSnapshot, DamagedVersion>?) -> Registry.HeadResult {
        minimum.flatMap { minimum in
            let head: HeadSnapshot
            switch remembered.map({ .success($0) }) ?? read {
            case .success(let snapshot): head = snapshot
            case .failure(let version): return .failure(.damaged(version))
            case nil: return .success(nil)
            }
            guard head.record.version >= minimum else {
                return .failure(.behind(key, minimum: minimum, head: head.record.version))
            }
            return .success(head)
        }
    }
}
