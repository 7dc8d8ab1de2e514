import ConfigStore
import ConfigModel
import ConfigRegistry

/// Measures the floor of several writers, apart from the product: one update at a time, then as many together as go.
struct FloorRun {
    let plan: BenchPlan
    let ground: BenchEnvironment
    let progress: BenchProgress

    func measure(_ count: Int, into figures: inout FloorFigures) async throws {
        try await FloorSampler.with(plan, ground) { sampler in
            var warmUp = FloorFigures()
            for _ in 0..<plan.warmUp { try await sampler.sample(into: &warmUp) }
            for number in 0..<count {
                try await sampler.sample(into: &figures)
                try Task.checkCancellation()
                progress.step(number + 1, of: count)
            }
        }
        let store = try await FloorStore.open(ground.floorSettings, logger: ground.logger)
        do {
            figures.duration += try await FloorThroughput(plan: plan, ground: ground, store: store).measure(count)
            figures.writes += count
        } catch {
            await store.store.close()
            throw error
        }
        await store.store.close()
    }
}
