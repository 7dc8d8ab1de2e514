import ConfigModel
import Logging
import RegistryClient
import Synchronization

extension WatchPipeline {
    /// Does what was decided, in a task of its own.
    func perform(_ work: WatchWork) async {
        switch work {
        case .read(let request, let layer): await ask(request, layer)
        case .reload(let job): await reload(job)
        case .flushCache: await useCache { cache throws(CacheError) in try await cache.flush() }
        case .touchCache: await useCache { cache throws(CacheError) in try await cache.touch() }
        // These are for `run` itself.
        case .wake, .fail, .end: break
        }
    }

    /// Says `.tick` at this moment.
    ///
    /// Every watched document has a task that waits here, so nothing else may be kept in it.
    @inline(never)
    func wake(at moment: Instant) async {
        do {
            try await ContinuousClock().sleep(until: moment)
            receive(.tick)
        } catch {
            // Cancelled: there is nobody left to wake.
        }
    }

    /// Apart from `perform`, whose frame would hold all of this for every kind of work.
    @inline(never)
    private func ask(_ request: ReadRequest, _ layer: Layer) async {
        if let job = await read(request, layer) { await reload(job) }
    }

    /// Asks the registry; answers the reload that its answer leads to.
    private func read(_ request: ReadRequest, _ layer: Layer) async -> ReloadJob? {
        let document = layer == .base ? base ?? key : key
        let answer: RegistryAnswer
        do {
            answer = RegistryAnswer(
                try await reads.head(
                    HeadQuestion(
                        document, ifNoneMatch: request.etag, minimumVersion: request.minimumVersion,
                        epoch: request.epoch),
                    isFresh: request.needs.isFresh),
                to: request)
            conditions.documentAnswered(document)
        } catch {
            logger?.debug(
                "the registry did not answer",
                metadata: [LogKey.document: "\(document)", LogKey.reason: "\(error.message)"])
            answer = RegistryAnswer(error, to: request)
            if case .failed = answer { conditions.documentFailed(document, error) }
        }
        return take(.answered(answer, request, layer))
    }

    private func reload(_ job: ReloadJob) async {
        let report = await reloader.reload(job)
        receive(.finished(report))
        guard !report.stuck.isEmpty else { return }
        await withDiscardingTaskGroup { group in
            for call in report.stuck {
                group.addTask { if await call.end() { self.receive(.handlerReturned) } }
            }
        }
    }

    /// What lies in the cache; a file that cannot be used is reported and made anew.
    func readCache() async -> CachedLayers? {
        guard let cache else { return nil }
        do {
            return try await cache.read()
        } catch {
            report(error)
            return nil
        }
    }

    private func useCache(_ body: (CacheWriter) async throws(CacheError) -> Void) async {
        guard let cache else { return }
        do {
            try await body(cache)
        } catch {
            report(error)
        }
    }

    /// Nobody waits for the cache, so the log and a counter are the only ones to tell.
    private func report(_ error: CacheError) {
        cacheFailures.wrappingAdd(1, ordering: .relaxed)
        logger?.warning(
            "the cache failed", metadata: [LogKey.document: "\(key)", LogKey.reason: "\(error.description)"])
    }
}
