import ConfigModel
import ConfigRegistry
import ConfigStore

/// Measures the floor of several writers, apart from the product: one update at a time, then as many together as go.
struct FloorRun {
    let plan: BenchPlan
    let environment: BenchEnvironment
    let progress: any BenchProgress

    func measure(_ count: Int, into figures: inout FloorFigures) async throws {
        try await FloorSampler.with(plan, environment) { sampler in
            var warmUp = FloorFigures()
            for _ in 0..<plan.warmUp { try await sampler.sample(into: &warmUp) }
            for number in 0..<count {
                try await sampler.sample(into: &figures)
                try Task.checkCancellation()
                progress.step(number + 1, of: count)
            }
        }
        let store = try await FloorStore.open(environment.floorServers, logger: environment.logger)
        do {
            figures.duration += try await FloorThroughput(plan: plan, environment: environment, store: store).measure(
                count)
            figures.writes += count
        } catch {
            await store.store.close()
            throw error
        }
        await store.store.close()
    }
}
