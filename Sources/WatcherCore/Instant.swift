/// A moment of the clock that runs on while the machine sleeps, so that ages and limits mean what they say.
package typealias Instant = ContinuousClock.Instant
