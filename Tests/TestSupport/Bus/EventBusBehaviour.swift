package import EventBus

/// What every event bus does: the specification of the port. Each adapter's suite runs all cases against itself.
package enum EventBusBehaviour: String, CaseIterable, Sendable {
    case confirmedMessageIsInEveryBoundQueue
    case messageMatchingSeveralPatternsComesOnce
    case copyToKeysReachTheirSubscribers
    case patternsMatchByWord
    case messageCarriesWhatThePublisherGave
    case bodiesComeBackByteForByte
    case messagesOfOnePublisherKeepTheirOrder
    case prefetchBoundsUnacknowledgedDeliveries
    case acknowledgementsMayComeOutOfOrder
    case fewAcknowledgementsMakeRoomToo
    case durableQueueSurvivesItsConsumers
    case unacknowledgedMessageIsDeliveredAgain
    case acknowledgementAfterTheEndCountsForNothing
    case durableQueueHasOneActiveConsumer
    case temporaryQueuesAreSeparate
    case temporaryQueueStartsEmpty
    case fullTemporaryQueueDropsTheOldest
    case cancellationEndsTheSubscription
    case signalsEndWithTheSubscription
    case errorOfTheBodyIsPassedOn
    case unusableArgumentsAreRefused
    case statusUpdatesBeginWithTheStatus

    /// Checks the case on a bus that is connected and used by no other; `queue` is the name of a durable queue that
    /// does not exist yet.
    package func verify(on bus: any EventBus, queue: String) async throws {
        let check = BusConformance(bus: bus, queue: queue)
        switch self {
        case .confirmedMessageIsInEveryBoundQueue: try await check.confirmedMessageIsInEveryBoundQueue()
        case .messageMatchingSeveralPatternsComesOnce: try await check.messageMatchingSeveralPatternsComesOnce()
        case .copyToKeysReachTheirSubscribers: try await check.copyToKeysReachTheirSubscribers()
        case .patternsMatchByWord: try await check.patternsMatchByWord()
        case .messageCarriesWhatThePublisherGave: try await check.messageCarriesWhatThePublisherGave()
        case .bodiesComeBackByteForByte: try await check.bodiesComeBackByteForByte()
        case .messagesOfOnePublisherKeepTheirOrder: try await check.messagesOfOnePublisherKeepTheirOrder()
        case .prefetchBoundsUnacknowledgedDeliveries: try await check.prefetchBoundsUnacknowledgedDeliveries()
        case .acknowledgementsMayComeOutOfOrder: try await check.acknowledgementsMayComeOutOfOrder()
        case .fewAcknowledgementsMakeRoomToo: try await check.fewAcknowledgementsMakeRoomToo()
        case .durableQueueSurvivesItsConsumers: try await check.durableQueueSurvivesItsConsumers()
        case .unacknowledgedMessageIsDeliveredAgain: try await check.unacknowledgedMessageIsDeliveredAgain()
        case .acknowledgementAfterTheEndCountsForNothing: try await check.acknowledgementAfterTheEndCountsForNothing()
        case .durableQueueHasOneActiveConsumer: try await check.durableQueueHasOneActiveConsumer()
        case .temporaryQueuesAreSeparate: try await check.temporaryQueuesAreSeparate()
        case .temporaryQueueStartsEmpty: try await check.temporaryQueueStartsEmpty()
        case .fullTemporaryQueueDropsTheOldest: try await check.fullTemporaryQueueDropsTheOldest()
        case .cancellationEndsTheSubscription: try await check.cancellationEndsTheSubscription()
        case .signalsEndWithTheSubscription: try await check.signalsEndWithTheSubscription()
        case .errorOfTheBodyIsPassedOn: try await check.errorOfTheBodyIsPassedOn()
        case .unusableArgumentsAreRefused: try await check.unusableArgumentsAreRefused()
        case .statusUpdatesBeginWithTheStatus: try await check.statusUpdatesBeginWithTheStatus()
        }
    }
}
