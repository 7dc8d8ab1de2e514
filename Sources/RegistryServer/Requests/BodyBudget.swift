import Hummingbird
import Synchronization

/// The memory that the bodies of all requests may take together, from their first byte until their requests are answered.
///
/// Memory counts as it is used, not as a request promises it. A quarter is kept for small bodies, so that large ones which
/// arrive slowly do not keep the others out.
final class BodyBudget: Sendable {
    /// A body up to this size may take the whole budget.
    static let smallBytes = 65_536

    private let bytes: Int
    private let bytesForLarge: Int
    private let taken = Atomic(0)

    init(bytes: Int) {
        self.bytes = bytes
        bytesForLarge = bytes / 4 * 3
    }

    /// How much is in use.
    var takenBytes: Int { taken.load(ordering: .relaxed) }

    /// Takes memory, or nothing and is false when there is not enough.
    ///
    /// - Parameter isLarge: the body is larger than a small one with it.
    fileprivate func take(_ count: Int, isLarge: Bool) -> Bool {
        let (_, sum) = taken.add(count, ordering: .relaxed)
        if sum <= (isLarge ? bytesForLarge : bytes) { return true }
        giveBack(count)
        return false
    }

    fileprivate func giveBack(_ count: Int) { taken.subtract(count, ordering: .relaxed) }
}

/// What one request has taken of the budget, and gives back when it is no longer used.
final class BodyShare: Sendable {
    private let budget: BodyBudget
    private let taken = Atomic(0)

    init(of budget: BodyBudget) { self.budget = budget }

    deinit { budget.giveBack(taken.load(ordering: .relaxed)) }

    /// Takes more memory, or nothing and is false when there is not enough.
    func take(_ count: Int) -> Bool {
        let before = taken.load(ordering: .relaxed)
        guard budget.take(count, isLarge: before + count > BodyBudget.smallBytes) else { return false }
        taken.store(before + count, ordering: .relaxed)
        return true
    }
}

/// Gives each request its share of the budget until it is answered.
struct BodyBudgetMiddleware: RouterMiddleware {
    typealias Context = ServerContext

    let budget: BodyBudget

    func handle(
        _ request: Request, context: ServerContext, next: @concurrent (Request, ServerContext) async throws -> Response
    ) async throws -> Response {
        let share = BodyShare(of: budget)
        var context = context
        context.bodyShare = share
        defer { withExtendedLifetime(share) {} }
        return try await next(request, context)
    }
}
