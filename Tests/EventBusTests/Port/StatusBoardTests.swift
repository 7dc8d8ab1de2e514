import EventBus
import Testing

@Suite(.timeLimit(.minutes(1)))
struct StatusBoardTests {
    @Test func updatesBeginWithTheStatusAndFollowIt() async {
        let board = StatusBoard(.disconnected(reason: "start"))
        var updates = board.updates.makeAsyncIterator()
        for status in [BusStatus.disconnected(reason: "start"), .connected, .blocked(reason: "memory")] {
            board.set(status)
            let next = await updates.next(isolation: #isolation)
            #expect(next == status)
        }
        #expect(board.status == .blocked(reason: "memory"))
    }

    @Test func slowReaderSeesTheNewest() async {
        let board = StatusBoard(.connected)
        var updates = board.updates.makeAsyncIterator()
        for number in 0..<100 { board.set(.disconnected(reason: "\(number)")) }
        let next = await updates.next(isolation: #isolation)
        #expect(next == .disconnected(reason: "99"))
    }

    @Test func sameStatusIsNoChange() async {
        let board = StatusBoard(.connected)
        var updates = board.updates.makeAsyncIterator()
        _ = await updates.next(isolation: #isolation)
        board.set(.connected)
        board.set(.blocked(reason: "disk"))
        let next = await updates.next(isolation: #isolation)
        #expect(next == .blocked(reason: "disk"))
    }
}
