/// The updates of one writer, each after one of the floor: whatever machine, database and broker do at a time, and whatever
/// state they are in, meets both.
struct InterleavedRun {
    let plan: BenchPlan
    let writers: BenchWriters
    let progress: any BenchProgress
    private(set) var floor = FloorFigures()
    /// From the first update until the last was applied everywhere, without the floor's time unless there was a pace to keep.
    private(set) var duration = Duration.zero
    /// Of the whole process while the floor was not measured.
    private(set) var cpuSeconds = 0.0

    init(_ plan: BenchPlan, _ writers: BenchWriters, progress: any BenchProgress) {
        self.plan = plan
        self.writers = writers
        self.progress = progress
    }

    mutating func run(_ count: Int, _ sampler: inout FloorSampler) async throws {
        let (start, processorStart) = (ContinuousClock.now, ProcessUsage.cpuSeconds)
        var (floorTime, floorProcessor) = (Duration.zero, 0.0)
        // The floor begins in the middle between two updates.
        let pace = BenchPace(rate: plan.rate.map { $0 * 2 })
        for number in 0..<count {
            try await pace.waitForTurn(of: number * 2)
            let (sampledAt, processor) = (ContinuousClock.now, ProcessUsage.cpuSeconds)
            floor.duration += try await sampler.sample(into: &floor)
            floorTime += ContinuousClock.now - sampledAt
            floorProcessor += ProcessUsage.cpuSeconds - processor
            try await pace.waitForTurn(of: number * 2 + 1)
            try await writers.sendOne(number)
            progress.step(number + 1, of: count)
        }
        floor.writes += count
        duration = ContinuousClock.now - start - (plan.rate == nil ? floorTime : .zero)
        cpuSeconds = ProcessUsage.cpuSeconds - processorStart - floorProcessor
    }
}
