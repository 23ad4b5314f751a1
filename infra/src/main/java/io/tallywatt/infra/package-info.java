/**
 * What stands on AWS, as a program of the Cloud Development Kit: one stack per stage.
 *
 * <p>Enter the settings of a stage (the CDK's context) and the zips of the functions; a CloudFormation template leaves. This room
 * knows no other: names of handlers, variables and prefixes are a contract, written down in docs/design/aws-infra.md. Start with
 * {@link io.tallywatt.infra.TallywattStack}, then {@link io.tallywatt.infra.Rights}: who may do what, and why.
 */
@NullMarked
package io.tallywatt.infra;

import org.jspecify.annotations.NullMarked;
