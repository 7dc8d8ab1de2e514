import ConfigModel
import Testing

@testable import WatcherCore

@Suite("Random deliveries: duplicated, reordered, dropped, forged, of mixed epochs")
struct RandomDeliveryTests {
    @Test(arguments: 0..<60, [false, true])
    func onlyWhatIsProvenIsAppliedVersionsStrictlyRiseWithinAnEpochAndAtLastTheHeadRuns(seed: Int, isSigned: Bool)
        throws
    {
        var simulation = try WatchSimulation(seed: UInt64(seed), isSigned: isSigned)
        for _ in 0..<400 { try simulation.step() }
        simulation.settle()

        var last: DocumentVersion?
        for document in simulation.applied {
            let truth = try #require(simulation.truth(document), "applied what was never published: \(document)")
            #expect(document.content == truth.content && document.recordHash == truth.recordHash)
            if let last {
                #expect(document.epoch.number >= last.epoch.number)
                #expect(document.epoch != last.epoch || document.version > last.version)
            }
            last = document
        }
        let head = simulation.head
        let running = try #require(last)
        if head.version.isMultiple(of: 7) {
            #expect(simulation.rejectedVersions.contains(head.version))
            #expect(simulation.state.reloads.rejection != nil)
        } else {
            #expect(running.version == head.version && running.epoch == head.epoch)
        }
    }
}
