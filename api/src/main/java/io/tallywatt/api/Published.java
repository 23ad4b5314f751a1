package io.tallywatt.api;

import io.tallywatt.core.access.PublicRead.Area;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Of a resource that tells what its sources publish: it can be read without a key where this area is set to be public. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@interface Published {
    Area value();
}
